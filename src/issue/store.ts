import { basename, join, relative, resolve } from 'node:path';
import { findingsError, usageError } from '../findings/error.js';
import { exists, listFolder } from '../platform/files.js';
import { type Issue, type ParsedIssue, readIssue } from './issue.js';

/** The folder of a newsletter, which contains issues/. */
export interface Place {
  readonly root: string;
  /** The folder that file names in messages are relative to. */
  readonly cwd: string;
}

export interface IssueFile {
  readonly path: string;
  /** The path as messages name it. */
  readonly name: string;
  /** The number at the start of the file name. */
  readonly number: number;
}

/** The number of an issue, then an optional hyphen and text. */
export const ISSUE_FILE = /^(\d+)(?:-.*)?\.ya?ml$/;

/** The number that the name of an issue file begins with; undefined for another file. */
export function numberOfFile(path: string): number | undefined {
  const digits = ISSUE_FILE.exec(basename(path))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function issuesFolder(root: string): string {
  return join(root, 'issues');
}

/** The issue files of a newsletter, by number. */
export async function listIssueFiles(place: Place): Promise<IssueFile[]> {
  const folder = issuesFolder(place.root);
  const names = await listFolder(folder);
  const files = names.flatMap((name) => {
    const number = ISSUE_FILE.exec(name)?.[1];
    return number === undefined ? [] : [issueFile(place, join(folder, name), Number(number))];
  });
  return files.sort((a, b) => a.number - b.number || a.name.localeCompare(b.name));
}

function issueFile({ cwd }: Place, path: string, number: number): IssueFile {
  return { path, number, name: relative(cwd, path) || path };
}

/**
 * Finds the issue file for a number or a path.
 * @throws ObnError when there is none, or when two files have the number
 */
export async function findIssueFile(place: Place, wanted: string): Promise<IssueFile> {
  const files = await listIssueFiles(place);
  if (/^#?\d+$/.test(wanted)) return byNumber(files, Number(wanted.replace('#', '')));
  const path = resolve(place.cwd, wanted);
  const known = files.find((file) => file.path === path);
  if (known) return known;
  if (exists(path) && /\.ya?ml$/.test(path)) {
    return issueFile(place, path, Number(/^\d+/.exec(basename(path))?.[0] ?? 0));
  }
  throw usageError(
    `there is no issue "${wanted}"`,
    `name an issue by its number or its file; ${knownNumbers(files)}`,
  );
}

function byNumber(files: readonly IssueFile[], number: number): IssueFile {
  const found = files.filter((file) => file.number === number);
  const [first, second] = found;
  if (first === undefined) throw usageError(`there is no issue ${number}`, knownNumbers(files));
  if (second === undefined) return first;
  throw findingsError(
    `issue ${number} has two files: ${first.name} and ${second.name}`,
    [],
    'renumber one of them',
  );
}

function knownNumbers(files: readonly IssueFile[]): string {
  if (files.length === 0) return 'there are no issues yet; `obn new` creates the first';
  return `issues: ${files.map((file) => file.number).join(', ')}`;
}

/** @throws ObnError with every finding when the file is not a valid issue. */
export async function openIssue(file: IssueFile): Promise<Issue> {
  const parsed = await readIssue(file.path, file.name);
  if ('issue' in parsed) return parsed.issue;
  const count = parsed.findings.length;
  throw findingsError(`${file.name} has ${count === 1 ? 'an error' : `${count} errors`}`, parsed.findings);
}

/** An issue file with its issue, or with what is wrong in it. */
export interface ReadIssue {
  readonly file: IssueFile;
  readonly parsed: ParsedIssue;
}

/** Reads every issue file, by number. */
export async function readAllIssues(place: Place): Promise<ReadIssue[]> {
  const files = await listIssueFiles(place);
  return Promise.all(files.map(async (file) => ({ file, parsed: await readIssue(file.path, file.name) })));
}
