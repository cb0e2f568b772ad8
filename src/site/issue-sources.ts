import { isUtf8 } from 'node:buffer';
import { join, sep } from 'node:path';
import type { Newsletter } from '../config/load.js';
import { findingsError } from '../findings/error.js';
import type { Finding } from '../findings/finding.js';
import { readIssue } from '../issue/issue.js';
import { readSchedule } from '../issue/schedule.js';
import type { IssueFile } from '../issue/store.js';
import { exists, listTree } from '../platform/files.js';
import { readMany } from '../platform/folder.js';
import { conflictLine } from '../platform/text.js';
import { version } from '../platform/version.js';
import { TEMPLATE_ROOT } from '../templates/assets.js';
import { digestOf } from './digest.js';

/** The source file of an issue. */
export interface IssueSource extends IssueFile {
  /** Decoded on first use, because most issues are unchanged. */
  readonly text: string;
  readonly digest: string;
}

/**
 * Reads the sources of issues.
 * @param files by number
 * @throws ObnError with every finding if one cannot be read, or two have the same number
 */
export async function readSources(files: readonly IssueFile[]): Promise<IssueSource[]> {
  const twin = files.find((file, index) => files[index - 1]?.number === file.number);
  if (twin) {
    const names = files.filter(({ number }) => number === twin.number).map(({ name }) => name);
    throw findingsError(`${names.join(' and ')} have the same number`, [], 'renumber one of them');
  }
  const contents = readMany(
    files.map(({ path }) => path),
    MAX_BYTES,
  );
  const findings: Finding[] = [];
  const sources: IssueSource[] = [];
  for (const [index, file] of files.entries()) {
    const bytes = contents[index];
    if (bytes && isUtf8(bytes)) sources.push(sourceOf(file, bytes));
    else {
      const parsed = await readIssue(file.path, file.name);
      if ('findings' in parsed) findings.push(...parsed.findings);
      else sources.push(sourceOf(file, Buffer.from(parsed.issue.document.text)));
    }
  }
  if (findings.length > 0) throw unread(findings);
  return sources;
}

/** Same limit as in `obn check`. */
const MAX_BYTES = 1024 * 1024;

function sourceOf(file: IssueFile, bytes: Uint8Array): IssueSource {
  let text: string | undefined;
  return {
    ...file,
    digest: digestOf(bytes),
    get text() {
      text ??= new TextDecoder().decode(bytes);
      return text;
    },
  };
}

export function unread(findings: readonly Finding[]) {
  const files = new Set(findings.map(({ file }) => file)).size;
  return findingsError(
    `the site was not built: ${files === 1 ? '1 issue has' : `${files} issues have`} errors`,
    findings,
    'fix them, or mark unfinished issues with `draft: true`; the existing site was not changed',
  );
}

/** Whether a file with errors is marked as a draft. */
export async function isDraft(source: IssueSource): Promise<boolean> {
  const schedule = await readSchedule(source);
  if (schedule) return schedule.draft;
  // The YAML cannot be read. Both sides of a merge conflict may be meant.
  return /^draft:[ \t]*true[ \t]*(?:#.*)?\r?$/m.test(source.text) && conflictLine(source.text) === undefined;
}

/** Digest of all inputs of a page except the issue. */
export async function digestOfSetting({ root, config }: Newsletter, base: string): Promise<string> {
  const { newsletter, theme, archive } = config;
  const folders = [join(root, 'snippets'), join(root, 'templates')];
  const names = await Promise.all(folders.map(listTree));
  const files = names.flatMap((list, at) =>
    list.map((name) => [name.replaceAll(sep, '/'), join(folders[at] ?? '', name)]),
  );
  const own = readMany(files.map(([, path]) => path ?? ''));
  const built = join(TEMPLATE_ROOT, 'precompiled.js');
  const [templates] = exists(built) ? readMany([built]) : [];
  const { subscribe } = archive;
  return digestOf(
    ...[version, templates ?? '', { newsletter, theme, subscribe, base }],
    ...files.flatMap(([name], index) => [name, own[index] ?? '']),
  );
}
