import { checkIssue, checkNewsletter, type List, openList } from '../check/check.js';
import type { Newsletter } from '../config/load.js';
import { findingsError } from '../findings/error.js';
import type { Finding } from '../findings/finding.js';
import type { Issue } from '../issue/issue.js';
import { type IssueFile, listIssueFiles, openIssue } from '../issue/store.js';
import { type CompiledMessage, messageDigest } from '../message/compiled.js';
import type { RenderedIssue } from '../render/rendered.js';

export interface Compiled {
  readonly issue: Issue;
  readonly rendered: RenderedIssue;
  readonly message: CompiledMessage;
  readonly digest: string;
  readonly list: List;
  /** Findings that do not prevent a send. */
  readonly warnings: readonly Finding[];
}

/**
 * Checks and compiles an issue. Everything that readers receive passes through this function.
 * @param now in milliseconds since 1970
 * @throws ObnError with every finding if one of them is an error
 */
export async function compileIssue(
  newsletter: Newsletter,
  file: IssueFile,
  now: number,
  listFile?: string,
): Promise<Compiled> {
  const { errors, ...compiled } = await examineIssue(newsletter, file, now, listFile);
  if (errors.length > 0) throw findingsError(errorsText(compiled.issue.number, errors.length), errors);
  return compiled;
}

export function errorsText(issue: number, errors: number): string {
  return `issue #${issue} has ${errors === 1 ? 'an error' : `${errors} errors`}`;
}

/** As {@link compileIssue}, but returns the errors, for a person to see. */
export async function examineIssue(
  newsletter: Newsletter,
  file: IssueFile,
  now: number,
  listFile?: string,
): Promise<Compiled & { readonly errors: readonly Finding[] }> {
  const twin = (await listIssueFiles(newsletter)).find(
    ({ number, path }) => number === file.number && path !== file.path,
  );
  if (twin)
    throw findingsError(
      `${file.name} and ${twin.name} have the same number`,
      [],
      'change the number of one of them',
    );
  const issue = await openIssue(file);
  const list = await openList(newsletter, listFile);
  const whole = await checkNewsletter(newsletter, [issue], async () => list, { rows: false });
  const { findings, rendered, message } = await checkIssue(newsletter, file, issue, list, {
    now,
    rows: false,
  });
  const all = [...whole.findings, ...findings];
  const errors = all.filter((finding) => finding.severity === 'error');
  const warnings = all.filter((finding) => finding.severity === 'warning');
  return { issue, rendered, message, digest: messageDigest(message), list, warnings, errors };
}
