import { misnamedFindings } from '../check/misnamed-findings.js';
import { whileLocked } from '../delivery/lock.js';
import { ObnError } from '../findings/error.js';
import type { Finding } from '../findings/finding.js';
import { requireFullLedger } from './full-ledger.js';
import { isInterrupted, type SendOutcome } from './outcome.js';
import { refuseForgetful, refuseWithoutHistory } from './preconditions.js';
import { findScheduled, type Scheduled } from './scheduled.js';
import { sendIssue } from './send-issue.js';
import type { SendControl, SendJob, SendRequest } from './send-request.js';
import { transportKind } from './transport-kind.js';

export interface DueRequest extends SendRequest {
  /** How late an issue may still begin, in milliseconds. */
  readonly grace: number;
}

/** What became of one issue whose time has come, or of all of them. */
export type DueResult =
  | { readonly kind: 'outcome'; readonly outcome: SendOutcome }
  /** Its file cannot be read as an issue. */
  | { readonly kind: 'invalid'; readonly file: string; readonly findings: readonly Finding[] }
  /** It was refused; without a file, none could be sent. */
  | { readonly kind: 'failed'; readonly file: string | undefined; readonly error: ObnError };

interface DueJob extends SendJob {
  readonly request: DueRequest & { readonly due: true };
  readonly control: SendControl;
}

/**
 * Sends every issue whose time has come, one after the other; made to be called again and again, by several machines,
 * twice at once or hours late. One run does it, and others end at once.
 */
export async function sendDue(
  { campaign, request, reporter }: SendJob & { readonly request: DueRequest },
  control: SendControl,
): Promise<DueResult[]> {
  const job: DueJob = { campaign, request: { ...request, due: true }, reporter, control };
  const scheduled = await scheduledOf(job);
  const due = scheduled.filter(isDue);
  reportLate(job, scheduled);
  const misnamed = await misnamedFindings(campaign.newsletter);
  if (misnamed.length > 0) reporter.findings?.(misnamed);
  if (due.length === 0) return nothingDue(job, scheduled);
  if (request.dryRun) return sendAll(job, due);
  return guarded(job, undefined, () => sendLocked(job));
}

function scheduledOf({ campaign, request }: DueJob): Promise<Scheduled[]> {
  return findScheduled(campaign, isLive({ campaign, request }) ? 'live' : 'rehearsal', request.grace);
}

function isLive({ campaign, request }: Pick<SendJob, 'campaign' | 'request'>): boolean {
  return transportKind(campaign.newsletter, request.transport).live;
}

function isDue({ state }: Scheduled): boolean {
  return state === 'due' || state === 'begun';
}

/** Sends what is due while no other run does. */
async function sendLocked(job: DueJob): Promise<DueResult[]> {
  const live = isLive(job);
  if (live) {
    await requireFullLedger(job, 0);
    // Before a ledger is made that nobody would believe.
    if (!job.request.newLedger) await refuseWithoutHistory(job.campaign.ledger.deliveries, 0, true);
    else await refuseForgetful(job.campaign);
  }
  return job.campaign.writing(async (campaign) => {
    const mine = { ...job, campaign };
    const name = live ? 'due' : 'due rehearsal';
    const locked = await whileLocked(campaign.ledger.locks, campaign.host.clock, name, async () => {
      // Looked at again: another run may have sent it all before this one had the lock.
      const scheduled = await scheduledOf(mine);
      const due = scheduled.filter(isDue);
      return due.length === 0 ? nothingDue(mine, scheduled) : sendAll(mine, due);
    });
    if ('value' in locked) return locked.value;
    job.reporter.notice?.({ kind: 'dueElsewhere', holder: locked.heldBy.holder });
    return [];
  });
}

async function sendAll(job: DueJob, due: readonly Scheduled[]): Promise<DueResult[]> {
  const results: DueResult[] = [];
  for (const one of due) {
    results.push(...(await guarded(job, one.file.name, () => sendOne(job, one))));
    const last = results.at(-1);
    if (last?.kind === 'outcome' && isInterrupted(last.outcome)) break;
  }
  return results;
}

async function sendOne(job: DueJob, { file, parsed, state, at }: Scheduled): Promise<DueResult[]> {
  const { campaign, reporter, control } = job;
  const begun = state === 'begun';
  if ('findings' in parsed) {
    reporter.findings?.(parsed.findings);
    // What has begun was frozen, and needs no file.
    if (!begun) return [{ kind: 'invalid', file: file.name, findings: parsed.findings }];
  }
  const { timezone } = campaign.newsletter.config.newsletter;
  reporter.notice?.({ kind: 'due', issue: file.number, at, timezone, begun });
  return [{ kind: 'outcome', outcome: await sendIssue(job, file, control) }];
}

/** What goes wrong with one issue is reported, and does not keep the next one from going out. */
async function guarded(
  { reporter }: DueJob,
  file: string | undefined,
  work: () => Promise<DueResult[]>,
): Promise<DueResult[]> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ObnError)) throw error;
    reporter.notice?.({ kind: 'dueFailed', file, error });
    return [{ kind: 'failed', file, error }];
  }
}

function nothingDue({ campaign, reporter }: DueJob, scheduled: readonly Scheduled[]): DueResult[] {
  const ahead = scheduled.filter(({ state, parsed }) => state === 'ahead' && 'issue' in parsed);
  const [first] = ahead.toSorted((a, b) => a.at - b.at);
  const { timezone } = campaign.newsletter.config.newsletter;
  const next = first && { issue: first.file.number, at: first.at, timezone };
  reporter.notice?.({ kind: 'nothingDue', next });
  return [];
}

/** Old issues that never went out are named, the newest of them, but not for ever and a day. */
const MOST_LATE = 3;

function reportLate({ campaign, reporter }: DueJob, scheduled: readonly Scheduled[]): void {
  const { timezone } = campaign.newsletter.config.newsletter;
  for (const { file, at } of scheduled.filter(({ state }) => state === 'late').slice(-MOST_LATE)) {
    reporter.notice?.({ kind: 'late', issue: file.number, at, timezone });
  }
}
