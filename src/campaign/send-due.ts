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

/** The result for one due issue, or for all of them. */
export type DueResult =
  | { readonly kind: 'outcome'; readonly outcome: SendOutcome }
  /** Its file cannot be read as an issue. */
  | { readonly kind: 'invalid'; readonly file: string; readonly findings: readonly Finding[] }
  /** The send was refused; without a file, no issue could be sent. */
  | { readonly kind: 'failed'; readonly file: string | undefined; readonly error: ObnError };

interface DueJob extends SendJob {
  readonly request: DueRequest & { readonly due: true };
  readonly control: SendControl;
}

/**
 * Sends every due issue, one after the other. It may be called repeatedly, by several machines,
 * at the same time or hours late. One run sends, and the others return immediately.
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

/** Sends what is due, unless another run holds the lock. */
async function sendLocked(job: DueJob): Promise<DueResult[]> {
  const live = isLive(job);
  if (live) {
    await requireFullLedger(job, 0);
    // Before a new ledger without history is created.
    if (!job.request.newLedger) await refuseWithoutHistory(job.campaign.ledger.deliveries, 0, true);
    else await refuseForgetful(job.campaign);
  }
  return job.campaign.writing(async (campaign) => {
    const mine = { ...job, campaign };
    const name = live ? 'due' : 'due rehearsal';
    const locked = await whileLocked(campaign.ledger.locks, campaign.host.clock, name, async () => {
      // Read again, because another run may have sent everything before this one got the lock.
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
    // A send that has begun is frozen and needs no file.
    if (!begun) return [{ kind: 'invalid', file: file.name, findings: parsed.findings }];
  }
  const { timezone } = campaign.newsletter.config.newsletter;
  reporter.notice?.({ kind: 'due', issue: file.number, at, timezone, begun });
  return [{ kind: 'outcome', outcome: await sendIssue(job, file, control) }];
}

/** Reports an error of one issue, so that the next issue is still sent. */
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

/** Reports late issues that were never sent, but only the newest ones. */
const MOST_LATE = 3;

function reportLate({ campaign, reporter }: DueJob, scheduled: readonly Scheduled[]): void {
  const { timezone } = campaign.newsletter.config.newsletter;
  for (const { file, at } of scheduled.filter(({ state }) => state === 'late').slice(-MOST_LATE)) {
    reporter.notice?.({ kind: 'late', issue: file.number, at, timezone });
  }
}
