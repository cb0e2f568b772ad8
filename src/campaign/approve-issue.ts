import type { Newsletter } from '../config/load.js';
import type { Approved, Verdict } from '../delivery/approval.js';
import { addApproval, readApprovals } from '../delivery/approval-file.js';
import { ObnError, usageError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import type { IssueFile } from '../issue/store.js';
import type { Approval } from '../ledger/approval-store.js';
import type { Host } from '../platform/host.js';
import type { Environment } from '../platform/process.js';
import { approvedParts, verdictOn } from './approval.js';
import { type Compiled, compileIssue } from './compile.js';
import type { Campaign } from './open-campaign.js';
import { refuseDraft } from './preconditions.js';

/** An issue that can be approved, and what an approval of it is bound to. */
export interface Approvable {
  readonly compiled: Compiled;
  readonly parts: Approved;
}

/** @throws ObnError when the checks find an error. */
export async function approvable(newsletter: Newsletter, file: IssueFile, now: number): Promise<Approvable> {
  const compiled = await compileIssue(newsletter, file, now);
  return { compiled, parts: await approvedParts(newsletter, compiled) };
}

/**
 * An approval of an issue as it is, to be recorded.
 * @param by who gives it
 * @throws ObnError for a draft
 */
export function approvalOf({ compiled, parts }: Approvable, by: string, { clock }: Host): Approval {
  refuseDraft(compiled.issue);
  // To the second, as a line in git has it.
  const at = Math.floor(clock.now() / 1_000) * 1_000;
  return { issue: compiled.issue.number, ...parts, by, at };
}

/** Records an approval in the ledger. @throws ObnError for an issue that has begun to be sent. */
export async function recordApproval({ ledger }: Campaign, approval: Approval): Promise<void> {
  const { issue } = approval;
  if (await ledger.deliveries.find(issue, 'live')) {
    const hint = `what was frozen then is what is sent; see \`obn status ${issue}\``;
    throw usageError(`issue #${issue} has been sent, or has begun to be`, hint);
  }
  await ledger.approvals.approve(approval);
}

/** Writes an approval as a line of a file, for git. @returns its path */
export function writeApproval(newsletter: Newsletter, approval: Approval): Promise<string> {
  return addApproval(newsletter.root, approval);
}

/**
 * Takes back what the ledger has. @returns whether it had an approval, and how many lines of `approvals/` still stand
 */
export async function revokeApproval(
  { newsletter, ledger }: Campaign,
  issue: number,
): Promise<{ revoked: boolean; lines: number }> {
  const revoked = await ledger.approvals.revoke(issue);
  return { revoked, lines: (await readApprovals(newsletter, issue)).length };
}

/** Whether an issue may go as it is; `unknown` where it cannot be compiled, and nobody can tell. */
export type ApprovalStatus = Verdict | { readonly kind: 'unknown'; readonly reason: string };

export async function approvalStatus(
  { newsletter, ledger, host }: Campaign,
  file: IssueFile,
): Promise<ApprovalStatus> {
  try {
    const { parts } = await approvable(newsletter, file, host.clock.now());
    return await verdictOn(newsletter, ledger.approvals, file.number, parts);
  } catch (error) {
    if (!(error instanceof ObnError)) throw error;
    return { kind: 'unknown', reason: error.message };
  }
}

/**
 * The name of whoever approves: the given one, or that of the user whom the environment names.
 * @throws ObnError (usage) when there is neither.
 */
export function approverName(given: string | undefined, env: Environment): string {
  const name = given ?? env.GITHUB_ACTOR ?? env.GITLAB_USER_LOGIN ?? env.USER ?? env.USERNAME;
  const text = visible(name ?? '').trim();
  if (text !== '') return text;
  throw usageError('an approval says who has given it', 'name yourself with --by NAME');
}
