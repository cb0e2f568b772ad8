import type { Newsletter } from '../config/load.js';
import { isReadable, surveyAudience } from '../delivery/audience.js';
import { type IssueState, type Progress, progressOf, stateOfFile } from '../delivery/state.js';
import { readIssue } from '../issue/issue.js';
import { readSchedule } from '../issue/schedule.js';
import type { IssueFile } from '../issue/store.js';
import type { AudienceCounts } from '../ledger/send.js';
import { audienceSource } from './audience-source.js';
import { type FirstFailures, firstFailures } from './first-failures.js';
import { goesAt } from './goes-at.js';
import type { Campaign } from './open-campaign.js';

export type { AudienceCounts, Counts } from '../ledger/send.js';

/** An issue in the ledger. */
export interface SentStatus {
  readonly kind: 'sent';
  readonly progress: Progress;
  /** Messages accepted per second, while it is being sent. */
  readonly rate: number | undefined;
  readonly failures: FirstFailures;
  /** The latest deferral of a queued message. */
  readonly deferral: { readonly code: string; readonly reason: string } | undefined;
  /** When a rehearsed issue will be sent to readers; see {@link goesAt}. */
  readonly at: number | undefined;
}

/** An unsent issue. */
export interface UnsentStatus {
  readonly kind: 'unsent';
  readonly issue: number;
  readonly state: IssueState;
  /** Who would get it now; empty without a list. */
  readonly audience: AudienceCounts;
  readonly at: number | undefined;
  /** Whether it needs an approval, and its file is valid. */
  readonly needsApproval: boolean;
}

export type IssueStatus = SentStatus | UnsentStatus;

const NOBODY: AudienceCounts = { listed: 0, eligible: 0, excluded: {} };
/** The period that the rate is measured over. */
const RATE_WINDOW_MS = 30_000;

/** The deliveries of an issue by state, or who would get it. */
export async function issueStatus(campaign: Campaign, file: IssueFile): Promise<IssueStatus> {
  const { ledger, newsletter, host } = campaign;
  const progress = await progressOf(ledger.deliveries, file.number, host.clock.now());
  if (!progress) return unsentStatus(campaign, file);
  const { send, counts } = progress;
  return {
    kind: 'sent',
    progress,
    rate: await sendRate(campaign, progress),
    failures: await firstFailures(ledger.deliveries, send.id),
    deferral: counts.queued > 0 ? await ledger.deliveries.lastDeferral(send.id) : undefined,
    at: send.channel === 'live' ? undefined : await scheduledAt(newsletter, file),
  };
}

async function unsentStatus(campaign: Campaign, file: IssueFile): Promise<UnsentStatus> {
  const { ledger, newsletter, host } = campaign;
  const parsed = await readIssue(file.path, file.name);
  const issue = 'issue' in parsed ? parsed.issue : undefined;
  const source = audienceSource(newsletter, {}, issue?.segment, host.clock.now());
  return {
    kind: 'unsent',
    issue: file.number,
    state: issue ? stateOfFile(issue) : 'unsent',
    audience: isReadable(source) ? (await surveyAudience(source, ledger.readers, [])).counts : NOBODY,
    at: issue && goesAt(issue, undefined, newsletter.config.newsletter.timezone),
    needsApproval: issue !== undefined && newsletter.config.send.require_approval,
  };
}

async function scheduledAt({ config }: Newsletter, file: IssueFile): Promise<number | undefined> {
  const schedule = await readSchedule(file);
  const at = schedule && goesAt(schedule, undefined, config.newsletter.timezone);
  return Number.isNaN(at) ? undefined : at;
}

async function sendRate({ ledger, host }: Campaign, { send, state }: Progress): Promise<number | undefined> {
  if (state !== 'sending') return undefined;
  return (
    (await ledger.deliveries.acceptedSince(send.id, host.clock.now() - RATE_WINDOW_MS)) /
    (RATE_WINDOW_MS / 1000)
  );
}

/** The progress of a send at one moment. */
export type SendPulse = Pick<SentStatus, 'progress' | 'rate'>;

const WATCH_MS = 1_000;

/** Yields the progress of a send every second, until it ends or the signal fires. */
export async function* watchSend(
  campaign: Campaign,
  issue: number,
  signal: AbortSignal,
): AsyncGenerator<SendPulse> {
  const { ledger, host } = campaign;
  for (;;) {
    const progress = await progressOf(ledger.deliveries, issue, host.clock.now());
    if (progress?.state !== 'sending' || signal.aborted) return;
    yield { progress, rate: await sendRate(campaign, progress) };
    await host.clock.sleep(WATCH_MS, signal);
  }
}
