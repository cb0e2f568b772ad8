import { requireLive } from '../delivery/live.js';
import { approvedParts, requireApproved, verdictOn } from './approval.js';
import { requireFullLedger } from './full-ledger.js';
import type { IssuePlan } from './plan-issue.js';
import { refuseForgetful, refuseWithoutHistory, refuseWithoutQuota } from './preconditions.js';
import { requireImages } from './require-images.js';
import type { SendJob } from './send-request.js';

/** @throws ObnError if the newsletter, the account, the ledger or a missing approval prevents a plan */
export async function requireMayBegin(job: SendJob, { plan, compiled }: IssuePlan): Promise<void> {
  const { campaign, request, reporter } = job;
  const { newsletter, ledger } = campaign;
  const { due = false } = request;
  if (plan.live) {
    requireLive(newsletter);
    refuseWithoutQuota(plan);
    if (request.dryRun) await requireFullLedger(job, plan.issue);
    if (!request.newLedger) await refuseWithoutHistory(ledger.deliveries, plan.issue, due);
    else if (due) await refuseForgetful(campaign);
  }
  // A send that has begun was checked when it was frozen.
  if (plan.action.kind !== 'start' || !compiled || !(plan.live || due)) return;
  if (newsletter.config.send.require_approval) {
    const parts = await approvedParts(newsletter, compiled, request);
    const verdict = await verdictOn(newsletter, ledger.approvals, plan.issue, parts);
    const approval = requireApproved(plan.issue, verdict);
    reporter.notice?.({ kind: 'approved', issue: plan.issue, approval });
  }
  if (plan.live) await requireImages(job, compiled.message);
}
