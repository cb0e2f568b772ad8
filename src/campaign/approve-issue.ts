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

/** An issue that can be approved, and the digests that an approval covers. */
export interface Approvable {
  readonly compiled: Compiled;
  readonly parts: Approved;
}

/** @throws ObnError if the checks find an error */
export async function approvable(newsletter: Newsletter, file: IssueFile, now: number): Promise<Approvable> {
  const compiled = await compileIssue(newsletter, file, now);
  return { compiled, parts: await approvedParts(newsletter, compiled) };
}

/**
 * Creates an approval of an issue as it is now.
 * @param by the person who approves
 * @throws ObnError for a draft
 */
export function approvalOf({ compiled, parts }: Approvable, by: string, { clock }: Host): Approval {
  refuseDraft(compiled.issue);
  // Rounded to seconds, because a line in git has no milliseconds.
  const at = Math.floor(clock.now() / 1_000) * 1_000;
  return { issue: compiled.issue.number, ...parts, by, at };
}

/** Records an approval in the ledger. @throws ObnError if the send has begun */
export async function recordApproval({ ledger }: Campaign, approval: Approval): Promise<void> {
  const { issue } = approval;
  if (await ledger.deliveries.find(issue, 'live')) {
    const hint = `the version frozen when the send began is the one that is sent; see \`obn status ${issue}\``;
    throw usageError(`the send of issue #${issue} has already begun`, hint);
  }
  await ledger.approvals.approve(approval);
}

/** Writes an approval as a line of a file, for git. @returns the path of the file */
export function writeApproval(newsletter: Newsletter, approval: Approval): Promise<string> {
  return addApproval(newsletter.root, approval);
}

/**
 * Revokes the approval in the ledger. @returns whether there was one, and how many lines in `approvals/` remain
 */
export async function revokeApproval(
  { newsletter, ledger }: Campaign,
  issue: number,
): Promise<{ revoked: boolean; lines: number }> {
  const revoked = await ledger.approvals.revoke(issue);
  return { revoked, lines: (await readApprovals(newsletter, issue)).length };
}

/** Whether an issue is approved as it is now; `unknown` if it cannot be compiled. */
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
 * The name of the person who approves: the given name, or the user name from the environment.
 * @throws ObnError (usage) if there is neither
 */
export function approverName(given: string | undefined, env: Environment): string {
  const name = given ?? env.GITHUB_ACTOR ?? env.GITLAB_USER_LOGIN ?? env.USER ?? env.USERNAME;
  const text = visible(name ?? '').trim();
  if (text !== '') return text;
  throw usageError('who is approving? USER is not set', 'add --by NAME');
}
