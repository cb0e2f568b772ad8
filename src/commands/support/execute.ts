import { resolve } from 'node:path';
import { recipientsOf } from '../../delivery/audience.js';
import type { SendPlan } from '../../delivery/plan.js';
import { type RunEnd, runDelivery } from '../../delivery/run.js';
import { type Progress, progressOfSend } from '../../delivery/state.js';
import { EXIT, type ExitCode, ObnError } from '../../findings/error.js';
import type { FreezeResult, Send } from '../../ledger/ledger.js';
import { MessageWriter } from '../../message/writer.js';
import { workerName } from '../../platform/process.js';
import { clearOutbox } from '../../transport/outbox/outbox.js';
import type { Transport } from '../../transport/transport.js';
import { ProgressLine } from '../print/progress.js';
import { reportText } from '../print/report.js';
import { signingSecret } from './secret.js';
import { audienceOf, type SendSession } from './session.js';

/** Carries a plan out: freezes what it begins with, sends, and reports what became of every delivery. */
export async function execute(
  session: SendSession,
  plan: SendPlan,
  transport: Transport,
): Promise<{ progress: Progress; exitCode: ExitCode }> {
  const { context, newsletter, ledger, options } = session;
  const { clock, output } = context;
  const send = plan.action.kind === 'start' ? await freeze(session, plan) : plan.action.progress.send;
  await ledger.pause(send.id, null);
  const line = new ProgressLine(output, clock, await ledger.counts(send.id));
  const { signal, dispose } = context.interruptible();
  let end: RunEnd;
  try {
    end = await runDelivery({
      send: send.id,
      ledger,
      transport,
      writer: new MessageWriter(send.message, { secret: signingSecret(newsletter) }),
      clock,
      worker: workerName(),
      rate: plan.rate,
      limit: options.limit,
      signal,
      onResult: (result) => line.count(result),
    });
  } finally {
    dispose();
  }
  if (end.kind === 'paused') await ledger.pause(send.id, end.reason);
  const progress = await progressOfSend(ledger, await reread(session, send), clock.now());
  output.talk(await reportText(progress, end, ledger.failures(send.id), output.talkStyle));
  return { progress, exitCode: exitCodeOf(progress, end) };
}

function exitCodeOf({ counts }: Progress, end: RunEnd): ExitCode {
  if (end.kind === 'paused' || counts.queued + counts.claimed > 0) return EXIT.stopped;
  return counts.rejected + counts.unknown > 0 ? EXIT.findings : EXIT.done;
}

async function reread({ ledger }: SendSession, send: Send): Promise<Send> {
  return (await ledger.find(send.issue, send.channel)) ?? send;
}

async function freeze(session: SendSession, plan: SendPlan): Promise<Send> {
  const { ledger, context, newsletter } = session;
  const { issue, transport, message, digest, action, segment, live } = plan;
  if (action.kind !== 'start') throw new Error('only a start freezes an audience');
  const { survey } = action;
  const { recipients, result } = recipientsOf(audienceOf(session, segment), ledger, survey.optOuts);
  const checked = (): FreezeResult => {
    const frozen = result();
    if (frozen.audience.eligible === survey.counts.eligible) return frozen;
    throw new ObnError(EXIT.stopped, 'the list has changed since the plan was made; nothing was sent', {
      hint: 'run the same command again',
    });
  };
  const channel = live ? 'live' : 'rehearsal';
  if (!live) await clearOutbox(resolve(newsletter.root, newsletter.config.outbox.dir), issue);
  return ledger.freeze(
    { issue, channel, transport, message, digest, now: context.clock.now() },
    recipients,
    checked,
  );
}
