import { findingsText } from '../commands/print/findings.js';
import { distanceText, timeText } from '../commands/print/times.js';
import { sayMisnamed } from '../commands/support/say-misnamed.js';
import { whileLocked } from '../delivery/lock.js';
import { EXIT, type ExitCode, ObnError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import { ledgerUrl, openLedger } from './open.js';
import { refuseForgetful, refuseWithoutHistory } from './preconditions.js';
import { findScheduled, type Scheduled } from './scheduled.js';
import { sendIssue } from './send-issue.js';
import { type SendSession, transportOf } from './session.js';
import { requireFullLedger } from './witness.js';

interface DueEnd {
  /** What `--json` prints of each issue that was sent, or could have been. */
  readonly documents: readonly unknown[];
  readonly exitCode: ExitCode;
}

const NOTHING: DueEnd = { documents: [], exitCode: EXIT.done };

/**
 * Sends every issue whose time has come, one after the other; made to be called again and again, by several machines,
 * twice at once or hours late. One run does it, and others end at once.
 */
export async function sendDue(session: SendSession): Promise<ExitCode> {
  const { context, options } = session;
  const scheduled = await findScheduled(session);
  const due = scheduled.filter(isDue);
  sayLate(session, scheduled);
  await sayMisnamed(context, session.newsletter);
  let end: DueEnd;
  if (due.length === 0) end = sayNothing(session, scheduled);
  else if (options.dryRun) end = await sendAll(session, due);
  else end = await guarded(session, () => sendLocked(session));
  if (context.json) context.output.json(end.documents);
  return end.exitCode;
}

function isDue({ state }: Scheduled): boolean {
  return state === 'due' || state === 'begun';
}

/** Sends what is due while no other run does. */
async function sendLocked(session: SendSession): Promise<DueEnd> {
  const { context, newsletter, options } = session;
  const { live } = transportOf(session);
  if (live) {
    await requireFullLedger(session, session.ledger, 0);
    await mayMakeLedger(session);
  }
  const ledger = await openLedger(newsletter, context, { ledger: options.ledger, create: true });
  try {
    const name = live ? 'due' : 'due rehearsal';
    const locked = await whileLocked(ledger, context.clock, name, async () => {
      const mine = { ...session, ledger, writable: true };
      // Looked at again: another run may have sent it all before this one had the lock.
      const scheduled = await findScheduled(mine);
      const due = scheduled.filter(isDue);
      return due.length === 0 ? sayNothing(mine, scheduled) : sendAll(mine, due);
    });
    if ('value' in locked) return locked.value;
    const { holder } = locked.heldBy;
    context.output.talk(
      `Another run (${visible(holder)}) is sending what is due, and this one leaves it to it.`,
    );
    return NOTHING;
  } finally {
    await ledger.close();
  }
}

/** @throws ObnError before a ledger is made that nobody would believe. */
async function mayMakeLedger({ context, newsletter, ledger, options }: SendSession): Promise<void> {
  if (!options.newLedger) await refuseWithoutHistory(ledger, 0, true);
  else await refuseForgetful(ledger, ledgerUrl(newsletter, context, options.ledger), context.env);
}

async function sendAll(session: SendSession, due: readonly Scheduled[]): Promise<DueEnd> {
  const documents: unknown[] = [];
  let exitCode: ExitCode = EXIT.done;
  for (const one of due) {
    const end = await guarded(session, () => sendOne(session, one), one.file.name);
    documents.push(...end.documents);
    if (end.exitCode !== EXIT.done) exitCode = end.exitCode;
    if (end.interrupted) break;
  }
  return { documents, exitCode };
}

async function sendOne(
  session: SendSession,
  { file, parsed, state, at }: Scheduled,
): Promise<DueEnd & { interrupted?: boolean }> {
  const { clock, output } = session.context;
  if ('findings' in parsed) {
    output.talk(findingsText(parsed.findings, output.talkStyle));
    // What has begun was frozen, and needs no file.
    if (state !== 'begun') return { ...NOTHING, exitCode: EXIT.findings };
  }
  const { timezone } = session.newsletter.config.newsletter;
  const goesOn = state === 'begun' ? '; it has begun, and is brought to its end' : '';
  output.talk(`Issue #${file.number} was due ${timeText(at, timezone, clock.now())}${goesOn}.`);
  const { document, exitCode, interrupted } = await sendIssue(session, file);
  return { documents: [document], exitCode, interrupted };
}

/** What goes wrong with one issue is said, and does not keep the next one from going out. */
async function guarded(
  { context: { output } }: SendSession,
  work: () => Promise<DueEnd & { interrupted?: boolean }>,
  name?: string,
): Promise<DueEnd & { interrupted?: boolean }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ObnError)) throw error;
    const about = name === undefined ? '' : `${name}: `;
    output.talk(`${about}${error.message}${error.hint ? `; ${error.hint}` : ''}`);
    if (error.findings.length > 0) output.talk(findingsText(error.findings, output.talkStyle));
    return { ...NOTHING, exitCode: error.exitCode };
  }
}

function sayNothing({ context, newsletter }: SendSession, scheduled: readonly Scheduled[]): DueEnd {
  const ahead = scheduled.filter(({ state, parsed }) => state === 'ahead' && 'issue' in parsed);
  const [next] = ahead.toSorted((a, b) => a.at - b.at);
  const { timezone } = newsletter.config.newsletter;
  const then =
    next && ` Next is issue #${next.file.number}: ${timeText(next.at, timezone, context.clock.now())}.`;
  context.output.talk(`Nothing is due.${then ?? ''}`);
  return NOTHING;
}

/** Old issues that never went out are named, the newest of them, but not for ever and a day. */
const MOST_LATE = 3;

function sayLate({ context }: SendSession, scheduled: readonly Scheduled[]): void {
  for (const { file, at } of scheduled.filter(({ state }) => state === 'late').slice(-MOST_LATE)) {
    const ago = distanceText(at, context.clock.now());
    context.output.talk(
      `Issue #${file.number} was due ${ago}, which is more than --grace allows; send it by hand.`,
    );
  }
}
