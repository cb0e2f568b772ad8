import { locateList } from '../config/list.js';
import type { HandoverOptions } from '../delivery/handover.js';
import { requireSend } from '../delivery/handover.js';
import type { RunEnd } from '../delivery/in-flight.js';
import { withdrawOptOuts } from '../delivery/list-opt-outs.js';
import type { SendPlan } from '../delivery/plan.js';
import { runDelivery } from '../delivery/run.js';
import { leaveSend } from '../delivery/state.js';
import type { Witness } from '../delivery/witness.js';
import { EXIT, ObnError } from '../findings/error.js';
import type { Send } from '../ledger/send.js';
import { MessageWriter } from '../message/writer.js';
import { workerName } from '../platform/process.js';
import type { Transport } from '../transport/transport.js';
import { keepReport } from './failure-report.js';
import { firstFailures } from './first-failures.js';
import { freeze } from './freeze.js';
import { acceptNewLedger, requireFullLedger, witnessStore } from './full-ledger.js';
import { ledgerName } from './ledger-address.js';
import type { SentOutcome } from './outcome.js';
import { keepRescue } from './rescue.js';
import type { SendControl, SendJob } from './send-request.js';
import { signingSecret } from './signing-secret.js';

/** Executes a plan: freezes message and audience, sends, and reports the result of every delivery. */
export async function execute(
  given: SendJob,
  plan: SendPlan,
  transport: Transport,
  control: SendControl,
): Promise<SentOutcome> {
  return given.campaign.writing(async (campaign) => {
    const job = { ...given, campaign };
    const { reporter } = job;
    const { ledger, host } = campaign;
    // Checked again, because the ledger was reopened and may be another one.
    const before = plan.live ? await requireFullLedger(job, plan.issue) : [];
    if (plan.live) await acceptNewLedger(job, plan.issue);
    const send = await begin(job, plan);
    reporter.progress?.({ kind: 'started', total: plan.count });
    await ledger.deliveries.pause(send.id, null);
    const end = await deliver(job, plan, send, { transport, before, control });
    if (end.kind === 'paused') await ledger.deliveries.pause(send.id, end.reason);
    const progress = await leaveSend(ledger.deliveries, send, workerName(), host.clock.now());
    const deferral = progress.counts.queued > 0 ? await ledger.deliveries.lastDeferral(send.id) : undefined;
    const failures = await firstFailures(ledger.deliveries, send.id);
    const outcome = { kind: 'sent', progress, end, deferral, failures } as const;
    reporter.outcome?.(outcome);
    if (plan.live) await keepReport(campaign, progress, reporter);
    return outcome;
  });
}

/** Freezes an audience, or resumes one and puts the requested retries back into the queue. */
async function begin({ campaign, request, reporter }: SendJob, plan: SendPlan): Promise<Send> {
  const { action, retry } = plan;
  if (action.kind === 'start') return freeze(campaign, plan, action.survey, reporter);
  const { newsletter, ledger, host } = campaign;
  const send = await requireSend(ledger.deliveries, action.progress.send);
  const now = host.clock.now();
  const again = retry.rejected + retry.unknown > 0;
  if (again && !(await ledger.deliveries.requeue(send, retry, now))) {
    throw new ObnError(EXIT.stopped, 'another run has sent or retried messages since this plan was made', {
      hint: 'nothing was put back into the queue; check `obn status`, then run the same command again',
    });
  }
  // Not while other runs are sending: they count deferrals, and would not end.
  if (action.progress.state === 'paused') await ledger.deliveries.refresh(send.id, now);
  await ledger.deliveries.withdraw(send);
  const count = await withdrawOptOuts(locateList(newsletter, request.list), ledger.deliveries, send);
  if (count > 0) reporter.notice?.({ kind: 'optedOut', count });
  return send;
}

interface Delivery {
  readonly transport: Transport;
  readonly before: readonly Witness[];
  readonly control: SendControl;
}

async function deliver(
  job: SendJob,
  plan: SendPlan,
  send: Send,
  { transport, before, control }: Delivery,
): Promise<RunEnd> {
  const { campaign, request, reporter } = job;
  const { ledger, newsletter, host } = campaign;
  const { signal = new AbortController().signal, dispose } = control.interruptible?.() ?? {};
  const worker = workerName();
  try {
    return await runDelivery({
      ...{ send, ledger: ledger.deliveries, transport, worker, signal },
      writer: new MessageWriter(await ledger.deliveries.message(send.id), {
        secret: signingSecret(newsletter),
      }),
      clock: host.clock,
      rate: plan.rate,
      limit: request.limit,
      ...(plan.live ? { witness: handoverOptions(job, before) } : {}),
      rescue: (deliveries) => keepRescue(campaign, send, deliveries, reporter),
      onResult: (result) => reporter.progress?.({ kind: 'answered', result }),
      onTick: (waitingFor) => reporter.progress?.({ kind: 'tick', waitingFor }),
    });
  } catch (error) {
    await ledger.deliveries.leave(send.id, worker, host.clock.now()).catch(() => undefined);
    throw error;
  } finally {
    dispose?.();
  }
}

/** The dependencies of a run that write its witness. */
function handoverOptions({ campaign, reporter }: SendJob, before: readonly Witness[]): HandoverOptions {
  return {
    store: witnessStore(campaign),
    before,
    ledgerName: ledgerName(campaign.ledgerUrl),
    worker: workerName(),
    now: () => campaign.host.clock.now(),
    onUnwitnessed: (reason) => reporter.notice?.({ kind: 'unwitnessed', reason }),
  };
}
