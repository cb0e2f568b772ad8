import { basename, dirname, join, relative, sep } from 'node:path';
import type { Severity } from '../findings/finding.js';
import { listTree, readHead } from '../platform/files.js';
import { issueFileName } from './scaffold.js';
import { ISSUE_FILE, issuesFolder, type Place } from './store.js';

/** A file that seems to be an issue, and that obn does not read because of its name. */
export interface MisnamedFile {
  /** The path as messages name it. */
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
}

/** What an author writes an issue into. Other files are pictures, notes, and the copies that editors leave. */
const TEXT_FILE = /^[^.]+$|\.(?:ya?ml|ymal|txt)$/i;
const HIDDEN = /(?:^|[/\\])\./;
const YAML_NAME = /^\d.*\.(?:ya?ml|ymal)(?:\.txt)?$/i;
const EXTENSIONS = /(?:\.(?:ya?ml|ymal|txt))+$/i;
/** Enough to find the keys at the beginning of an issue, and the first of its sections. */
const HEAD_BYTES = 16 * 1024;

/** The files below issues/ that an author takes for issues and that obn would pass over. */
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
      // A folder of its own may be meant for what is not to be sent yet.
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
  if (name !== path) return 'it is in a folder below issues/';
  if (!/^\d/.test(name)) return 'its name does not begin with a number';
  if (!/\.ya?ml$/.test(name)) return 'its name does not end with .yaml';
  return 'no hyphen follows the number in its name';
}

/** The name that the file should have, of its old name and of what is in it. */
function properName(name: string, text: string): string {
  const [, digits, rest = ''] = /^(\d*)[-_.\s]*(.*)$/s.exec(name.replace(EXTENSIONS, '')) ?? [];
  const number = digits || /^number[ \t]*:[ \t]*(\d+)/m.exec(text)?.[1];
  const title = rest || /^title[ \t]*:[ \t]*(.*)$/m.exec(text)?.[1] || '';
  const proper = issueFileName(Number(number ?? 0), title.replace(/_/g, ' '));
  return number === undefined ? proper.replace(/^\d+/, 'NUMBER') : proper;
}
