import type { Newsletter } from '../config/load.js';
import { FileError } from '../findings/error.js';
import { compareFindings, type Finding } from '../findings/finding.js';
import type { Issue, ParsedIssue } from '../issue/issue.js';
import type { IssueFile } from '../issue/store.js';
import type { RenderedIssue } from '../render/rendered.js';
import { type CheckedIssue, checkIssue, checkNewsletter, fileFinding, type List } from './check.js';

/** An issue file as it was read. */
export interface ReadIssue {
  readonly file: IssueFile;
  readonly parsed: ParsedIssue;
}

/** An issue that could be rendered, with its own findings. */
export type RenderedCheck = CheckedIssue & { readonly issue: Issue };

export interface CheckIssuesOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  openList(): Promise<List>;
  /** The issues to check; default: all. Findings about other issue files are left out. */
  readonly only?: readonly IssueFile[];
  /** Whether to check every row of the list; default: yes. */
  readonly rows?: boolean;
  /** An issue as it was rendered before; default: each is rendered. */
  readonly rendered?: RenderedIssue;
}

/**
 * Checks a newsletter as a whole, and some or all of its issues. An issue that cannot be rendered is a
 * finding; the others are still checked.
 * @param all every issue file of the newsletter
 */
export async function checkIssues(
  newsletter: Newsletter,
  all: readonly ReadIssue[],
  { only, openList, ...options }: CheckIssuesOptions,
): Promise<{ findings: Finding[]; checked: RenderedCheck[] }> {
  const issues = all.flatMap(({ parsed }) => ('issue' in parsed ? [parsed.issue] : []));
  const numbers = all.map(({ file }) => file.number);
  const { rows = true } = options;
  const whole = await checkNewsletter(newsletter, issues, openList, { rows, numbers });
  const chosen = only?.flatMap((file) => all.find((one) => one.file.path === file.path) ?? []);
  const { findings, checked } = await checkEach(newsletter, chosen ?? all, whole.list, options);
  const names = only && new Set(only.map(({ name }) => name));
  const others = new Set(issues.map(({ document }) => document.file).filter((name) => !names?.has(name)));
  const about = ({ file }: Finding) => names === undefined || !others.has(file);
  return { findings: inOrder([...whole.findings.filter(about), ...findings]), checked };
}

async function checkEach(
  newsletter: Newsletter,
  read: readonly ReadIssue[],
  list: List,
  options: Omit<CheckIssuesOptions, 'openList'>,
): Promise<{ findings: Finding[]; checked: RenderedCheck[] }> {
  const findings: Finding[] = [];
  const checked: RenderedCheck[] = [];
  const unrendered = new Map<string, Finding>();
  for (const { file, parsed } of read) {
    if ('findings' in parsed) {
      findings.push(...parsed.findings);
      continue;
    }
    try {
      const result = await checkIssue(newsletter, file, parsed.issue, list, options);
      checked.push({ issue: parsed.issue, ...result });
      findings.push(...result.findings);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      unrendered.set(error.message, fileFinding(newsletter, error));
    }
  }
  return { findings: [...findings, ...unrendered.values()], checked };
}

/** Findings sorted by file and line. A finding that several issues share, such as in a template, is reported once. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const key = ({ file, line, column, rule, message }: Finding) =>
    JSON.stringify([file, line, column, rule, message]);
  return [...new Map(findings.map((finding) => [key(finding), finding])).values()].sort(compareFindings);
}
