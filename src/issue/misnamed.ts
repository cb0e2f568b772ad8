import { basename, dirname, join, relative, sep } from 'node:path';
import type { Severity } from '../findings/finding.js';
import { listTree, readHead } from '../platform/files.js';
import { issueFileName } from './scaffold.js';
import { ISSUE_FILE, issuesFolder, type Place } from './store.js';

/** A file that looks like an issue, but that obn does not read because of its name. */
export interface MisnamedFile {
  /** The path as messages name it. */
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
}

/** Files that an author may write an issue into. Others are images, notes, and copies that editors leave. */
const TEXT_FILE = /^[^.]+$|\.(?:ya?ml|ymal|txt)$/i;
const HIDDEN = /(?:^|[/\\])\./;
const YAML_NAME = /^\d.*\.(?:ya?ml|ymal)(?:\.txt)?$/i;
const EXTENSIONS = /(?:\.(?:ya?ml|ymal|txt))+$/i;
/** Enough to find the first keys of an issue and its first section. */
const HEAD_BYTES = 16 * 1024;

/** The files in issues/ and its subfolders that look like issues, but that obn would skip. */
export async function misnamedIssueFiles({ root, cwd }: Place): Promise<MisnamedFile[]> {
  const folder = issuesFolder(root);
  const found: MisnamedFile[] = [];
  for (const path of await listTree(folder)) {
    const nested = dirname(path) !== '.';
    if (HIDDEN.test(path) || !TEXT_FILE.test(basename(path)) || (!nested && ISSUE_FILE.test(path))) continue;
    const text = (await readHead(join(folder, path), HEAD_BYTES))?.head.toString('utf8') ?? '';
    if (!seemsIssue(text) && (nested || !YAML_NAME.test(path))) continue;
    const wanted = properName(basename(path), text);
    found.push({
      name: relative(cwd, join(folder, path)) || path,
      // A subfolder may contain issues that are not ready to be sent.
      severity: nested ? 'warning' : 'error',
      message: `obn does not read this file as an issue: ${reasonOf(path)}`,
      hint: `rename it to ${relative(cwd, join(folder, wanted)).replaceAll(sep, '/')}`,
    });
  }
  return found;
}

function seemsIssue(text: string): boolean {
  return /^sections[ \t]*:/m.test(text) && /^(?:number|title)[ \t]*:/m.test(text);
}

function reasonOf(path: string): string {
  const name = basename(path);
  if (name !== path) return 'it is in a subfolder of issues/';
  if (!/^\d/.test(name)) return 'its name does not begin with a number';
  if (!/\.ya?ml$/.test(name)) return 'its name does not end with .yaml';
  return 'no hyphen follows the number in its name';
}

/** The correct name for the file, made from its old name and its content. */
function properName(name: string, text: string): string {
  const [, digits, rest = ''] = /^(\d*)[-_.\s]*(.*)$/s.exec(name.replace(EXTENSIONS, '')) ?? [];
  const number = digits || /^number[ \t]*:[ \t]*(\d+)/m.exec(text)?.[1];
  const title = rest || /^title[ \t]*:[ \t]*(.*)$/m.exec(text)?.[1] || '';
  const proper = issueFileName(Number(number ?? 0), title.replace(/_/g, ' '));
  return number === undefined ? proper.replace(/^\d+/, 'NUMBER') : proper;
}
