import { resolve } from 'node:path';
import { listChanged } from '../audience/select.js';
import { ProgressLine } from '../commands/print/progress.js';
import { reportText } from '../commands/print/report.js';
import { locateList } from '../config/list.js';
import { recipientsOf, type Survey } from '../delivery/audience.js';
import { requireSend } from '../delivery/handover.js';
import type { RunEnd } from '../delivery/in-flight.js';
import { withdrawOptOuts } from '../delivery/list-opt-outs.js';
import type { SendPlan } from '../delivery/plan.js';
import { runDelivery } from '../delivery/run.js';
import { leaveSend, type Progress } from '../delivery/state.js';
import type { Witness } from '../delivery/witness.js';
import { EXIT, type ExitCode, ObnError } from '../findings/error.js';
import type { FreezeResult, Ledger, Send } from '../ledger/ledger.js';
import { MessageWriter } from '../message/writer.js';
import { workerName } from '../platform/process.js';
import { plural } from '../text/plural.js';
import { clearOutbox } from '../transport/outbox/outbox.js';
import type { Transport } from '../transport/transport.js';
import { keepReport } from './failure-report.js';
import { openLedger } from './open.js';
import type { SendSession } from './session.js';
import { signingSecret } from './signing-secret.js';
import { acceptNewLedger, handoverOptions, keepRescue, requireFullLedger } from './witness.js';

/** Carries a plan out: freezes what it begins with, sends, and reports what became of every delivery. */
export async function execute(
  session: SendSession,
  plan: SendPlan,
  transport: Transport,
): Promise<{ progress: Progress; exitCode: ExitCode; interrupted: boolean }> {
  const { context, newsletter, options } = session;
  // A ledger is made here and not before, so that what was refused leaves nothing behind.
  const ledger = session.writable
    ? session.ledger
    : await openLedger(newsletter, context, { ledger: options.ledger, create: true });
  try {
    const { clock, output } = context;
    // Compared once more: the ledger is opened again here, and may be another one by now.
    const before = plan.live ? await requireFullLedger(session, ledger, plan.issue) : [];
    if (plan.live) await acceptNewLedger(session, ledger, plan.issue);
    const send = await begin(session, plan, ledger);
    const line = new ProgressLine(output, clock, plan.count);
    await ledger.pause(send.id, null);
    const end = await deliver(session, plan, { transport, ledger, send, line, before });
    if (end.kind === 'paused') await ledger.pause(send.id, end.reason);
    const progress = await leaveSend(ledger, send, workerName(), clock.now());
    const deferral = progress.counts.queued > 0 ? await ledger.lastDeferral(send.id) : undefined;
    output.talk(await reportText({ ...progress, deferral }, end, ledger.failures(send.id), output.talkStyle));
    if (plan.live) await keepReport(session, progress, ledger);
    return { progress, exitCode: exitCodeOf(progress), interrupted: end.kind === 'interrupted' };
  } finally {
    if (ledger !== session.ledger) await ledger.close();
  }
}

interface Delivery {
  readonly transport: Transport;
  readonly ledger: Ledger;
  readonly send: Send;
  readonly line: ProgressLine;
  readonly before: readonly Witness[];
}

async function deliver(
  session: SendSession,
  plan: SendPlan,
  { transport, ledger, send, line, before }: Delivery,
): Promise<RunEnd> {
  const { context, newsletter, options } = session;
  const { signal, dispose } = context.interruptible();
  const worker = workerName();
  try {
    return await runDelivery({
      send,
      ledger,
      transport,
      writer: new MessageWriter(send.message, { secret: signingSecret(newsletter) }),
      clock: context.clock,
      worker,
      rate: plan.rate,
      limit: options.limit,
      signal,
      ...(plan.live ? { witness: handoverOptions(session, before) } : {}),
      rescue: (deliveries) => keepRescue(session, send, deliveries),
      onResult: (result) => line.count(result),
      onTick: (waitingFor) => line.tick(waitingFor),
    });
  } catch (error) {
    await ledger.leave(send.id, worker, context.clock.now()).catch(() => undefined);
    throw error;
  } finally {
    dispose();
  }
}

/** Freezes an audience, or goes on with one and puts back into the queue what a person wants to be tried again. */
async function begin(session: SendSession, plan: SendPlan, ledger: Ledger): Promise<Send> {
  const { action, retry } = plan;
  if (action.kind === 'start') return freeze(session, plan, action.survey, ledger);
  const send = await requireSend(ledger, action.progress.send);
  const now = session.context.clock.now();
  const again = retry.rejected + retry.unknown > 0;
  if (again && !(await ledger.requeue(send, retry, now))) {
    throw new ObnError(EXIT.stopped, 'another run has sent, or tried again, since this was planned', {
      hint: 'nothing was put back into the queue; look at `obn status`, and run the same command again',
    });
  }
  // Not while others are at it: they count how often a message was put off, and would not end.
  if (action.progress.state === 'paused') await ledger.refresh(send.id, now);
  await ledger.withdraw(send);
  const left = await withdrawOptOuts(locateList(session.newsletter, session.options.list), ledger, send);
  if (left > 0) session.context.output.talk(optedOutText(left));
  return send;
}

function optedOutText(count: number): string {
  const readers = plural(count, 'reader');
  return `The list says that ${readers} opted out since the audience was frozen, or names them on a row that cannot be read; obn does not mail them.`;
}

function exitCodeOf({ counts }: Progress): ExitCode {
  if (counts.queued + counts.claimed > 0) return EXIT.stopped;
  return counts.rejected + counts.unknown > 0 ? EXIT.findings : EXIT.done;
}

/** Freezes the audience of a plan, unless another run has frozen the same before. */
export async function freeze(
  session: SendSession,
  plan: SendPlan,
  survey: Survey,
  ledger: Ledger,
): Promise<Send> {
  const { context, newsletter } = session;
  const { issue, transport, message, digest, live } = plan;
  const { recipients, result } = recipientsOf(survey.source, ledger, survey.repeats);
  const checked = (): FreezeResult => {
    const frozen = result();
    const left = survey.counts.eligible - frozen.audience.eligible;
    // Who has left since the plan was shown is no reason to stop; that somebody has come is.
    if (left < 0) throw listChanged();
    if (left > 0) context.output.talk(`${plural(left, 'reader')} left since this was planned.`);
    return frozen;
  };
  const channel = live ? 'live' : 'rehearsal';
  const header = { issue, channel, transport, message, digest, now: context.clock.now() } as const;
  const { outbox } = newsletter.config;
  // Read within the transaction, so that what is cleared is what an earlier rehearsal has left.
  async function* cleared() {
    if (!live) await clearOutbox(resolve(newsletter.root, outbox.dir), issue);
    yield* recipients;
  }
  const { send, created } = await ledger.freeze(header, cleared(), checked);
  if (!created && live && !isPlanned(send, plan, survey)) {
    throw new ObnError(
      EXIT.stopped,
      'another run has begun this issue meanwhile, and not as it was planned here',
      {
        hint: `nothing was sent by this one; see what it sends with \`obn status ${issue}\`, and run the same command again`,
      },
    );
  }
  return send;
}

/** Whether what was frozen is what somebody has said yes to. */
function isPlanned({ digest, audience, audienceDigest }: Send, plan: SendPlan, survey: Survey): boolean {
  const { eligible } = survey.counts;
  return digest === plan.digest && audience.eligible === eligible && audienceDigest === survey.digest;
}
