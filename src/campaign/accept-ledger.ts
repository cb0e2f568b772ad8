import { requireConsent } from '../commands/support/confirm.js';
import type { SendPlan } from '../delivery/plan.js';
import { leaveSend, type Progress } from '../delivery/state.js';
import type { Contradiction } from '../delivery/witness.js';
import type { Ledger, Send } from '../ledger/ledger.js';
import { workerName } from '../platform/process.js';
import { freeze } from './execute.js';
import { keepReport } from './failure-report.js';
import { openLedger } from './open.js';
import type { SendSession } from './session.js';
import { contradictionsOf, ledgerName, witnessStore } from './witness.js';

/** Beyond every sequence. */
const EVERYBODY = 2 ** 31 - 1;

/**
 * Makes a ledger that knows less than was handed over the one that counts: whatever may have been handed over is
 * unknown from then on. Nothing is sent.
 */
export async function acceptLedger(session: SendSession, plan: SendPlan): Promise<Progress> {
  const { context, newsletter, options } = session;
  const { output, clock } = context;
  await requireConsent(
    context,
    options.yes,
    `Make this ledger the one that counts for issue #${plan.issue}?`,
  );
  const ledger = session.writable
    ? session.ledger
    : await openLedger(newsletter, context, { ledger: options.ledger, create: true });
  try {
    const { own } = await contradictionsOf(session, ledger, plan.issue);
    const { action } = plan;
    const send =
      action.kind === 'start' ? await freeze(session, plan, action.survey, ledger) : action.progress.send;
    const count = await doubtAll(ledger, send, own, clock.now());
    await rewrite(session, ledger, send, own);
    output.talk(`${count} of issue #${send.issue} are unknown now, as they may have been handed over.`);
    output.talk(`Nothing was sent. Run the same command without --accept-ledger to send the rest.`);
    const progress = await leaveSend(ledger, send, workerName(), clock.now());
    await keepReport(session, progress, ledger);
    return progress;
  } finally {
    if (ledger !== session.ledger) await ledger.close();
  }
}

/** Where the list is the one that was frozen before, its order says whom the lost send had reached. */
async function doubtAll(
  ledger: Ledger,
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
      reason: 'the ledger that knew whether it was handed over was lost',
    };
    count += await ledger.doubtBefore(send.id, range, now);
  }
  return count;
}

/** The witness says from then on what the accepted ledger knows. */
async function rewrite(
  session: SendSession,
  ledger: Ledger,
  { issue, id: send, createdAt, audienceDigest, retries, audience }: Send,
  own: readonly Contradiction[],
): Promise<void> {
  const store = witnessStore(session);
  const handedOver = await ledger.handedOver(send);
  const reached = Math.min(audience.eligible, Math.max(0, ...own.map(({ witness }) => witness.reached)));
  const facts = { issue, send, createdAt, audienceDigest, retries, reached, handedOver, last: null };
  const worker = workerName();
  const at = session.context.clock.now();
  await store.prepare();
  store.write({ ...facts, ledger: ledgerName(session), worker, at, accepted: false }, true);
  await store.remove(own.map(({ witness }) => witness).filter((one) => one.worker !== worker));
}
