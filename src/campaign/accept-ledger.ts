import { leaveSend } from '../delivery/state.js';
import type { Contradiction } from '../delivery/witness.js';
import { usageError } from '../findings/error.js';
import type { IssueFile } from '../issue/store.js';
import type { DeliveryStore } from '../ledger/delivery-store.js';
import type { Send } from '../ledger/send.js';
import { workerName } from '../platform/process.js';
import { findEarlierSend } from './earlier-send.js';
import { keepReport } from './failure-report.js';
import { freeze } from './freeze.js';
import { contradictionsOf, ledgerRefusal, witnessStore } from './full-ledger.js';
import { ledgerName } from './ledger-address.js';
import { requireMayBegin } from './may-begin.js';
import type { Campaign } from './open-campaign.js';
import type { LedgerAcceptedOutcome } from './outcome.js';
import { type IssuePlan, planIssue } from './plan-issue.js';
import { refuseNobody } from './preconditions.js';
import type { SendControl, SendJob } from './send-request.js';
import { transportKind } from './transport-kind.js';

/** Higher than every sequence number. */
const EVERYBODY = 2 ** 31 - 1;

/**
 * Accepts an incomplete ledger: every delivery of an issue that may have been handed over becomes `unknown`. Sends
 * nothing. The issue must pass the same checks as for a send.
 * @throws ObnError if the ledger is complete, or the issue cannot be sent
 */
export async function acceptLedger(
  job: SendJob,
  file: IssueFile,
  { consent }: Pick<SendControl, 'consent'>,
): Promise<LedgerAcceptedOutcome> {
  const { campaign, request, reporter } = job;
  const kind = transportKind(campaign.newsletter, request.transport);
  const before = await findEarlierSend(job, file.number, kind.live ? 'live' : 'rehearsal', true);
  const transport = await kind.open(campaign.newsletter, campaign.host.env);
  try {
    const found = await planIssue(job, file, before, transport);
    const { plan } = found;
    const { own } = await contradictionsOf(campaign, plan.issue);
    if (!plan.live || own.length === 0) {
      throw usageError(`nothing to accept: the ledger has every delivery of issue #${plan.issue}`);
    }
    if (plan.action.kind === 'start') {
      refuseNobody(plan.action.survey);
      await requireMayBegin({ ...job, request: { ...request, newLedger: true } }, found);
    }
    const reasons = own.map((one) => ledgerRefusal(campaign, request, one).message);
    reporter.notice?.({ kind: 'ledgerContradicted', reasons });
    await consent?.(plan);
    return await campaign.writing((writable) => accept({ ...job, campaign: writable }, found));
  } finally {
    await transport.close();
  }
}

async function accept(
  { campaign, reporter }: SendJob,
  { plan }: Pick<IssuePlan, 'plan'>,
): Promise<LedgerAcceptedOutcome> {
  const { ledger, host } = campaign;
  const { action } = plan;
  const { own } = await contradictionsOf(campaign, plan.issue);
  const send =
    action.kind === 'start' ? await freeze(campaign, plan, action.survey, reporter) : action.progress.send;
  const count = await doubtAll(ledger.deliveries, send, own, host.clock.now());
  await rewrite(campaign, send, own);
  const progress = await leaveSend(ledger.deliveries, send, workerName(), host.clock.now());
  const outcome = { kind: 'ledgerAccepted', progress, count } as const;
  reporter.outcome?.(outcome);
  await keepReport(campaign, progress, reporter);
  return outcome;
}

/** If the list is unchanged since it was frozen, its order shows which readers the lost send had reached. */
async function doubtAll(
  deliveries: DeliveryStore,
  send: Send,
  own: readonly Contradiction[],
  now: number,
): Promise<number> {
  let count = 0;
  for (const { witness } of own) {
    const isSameList = send.audienceDigest === witness.audienceDigest;
    const range = {
      before: isSameList ? witness.reached : EVERYBODY,
      rejected: send.createdAt !== witness.createdAt || send.retries < witness.retries,
      code: 'ledger-lost',
      reason: 'the ledger that recorded this delivery was lost',
    };
    count += await deliveries.doubtBefore(send.id, range, now);
  }
  return count;
}

/** Updates the witness to what the accepted ledger contains. */
async function rewrite(
  campaign: Campaign,
  { issue, id: send, createdAt, audienceDigest, retries, audience }: Send,
  own: readonly Contradiction[],
): Promise<void> {
  const store = witnessStore(campaign);
  const handedOver = await campaign.ledger.deliveries.handedOver(send);
  const reached = Math.min(audience.eligible, Math.max(0, ...own.map(({ witness }) => witness.reached)));
  const facts = { issue, send, createdAt, audienceDigest, retries, reached, handedOver, last: null };
  const worker = workerName();
  const at = campaign.host.clock.now();
  await store.prepare();
  store.write({ ...facts, ledger: ledgerName(campaign.ledgerUrl), worker, at, accepted: false }, true);
  await store.remove(own.map(({ witness }) => witness).filter((one) => one.worker !== worker));
}
