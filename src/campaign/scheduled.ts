import type { Newsletter } from '../config/load.js';
import { type DueState, dueState } from '../delivery/due.js';
import { type ParsedIssue, readIssue } from '../issue/issue.js';
import { readSchedule } from '../issue/schedule.js';
import { type IssueFile, listIssueFiles } from '../issue/store.js';
import type { Channel, SendOverview } from '../ledger/send.js';
import { instantOf } from '../render/date-view.js';
import type { Campaign } from './open-campaign.js';
import { isForeignList } from './preconditions.js';

/** An issue with a scheduled time. */
export interface Scheduled {
  readonly file: IssueFile;
  readonly parsed: ParsedIssue;
  readonly state: DueState;
  /** Milliseconds since 1970; NaN: unknown. */
  readonly at: number;
}

/**
 * Every unfinished issue with a scheduled time, by number, and its state now. Files of finished
 * issues are not read, because there are many and this runs every few minutes.
 * @param grace how late an issue may still begin, in milliseconds
 */
export async function findScheduled(
  { newsletter, ledger, host }: Pick<Campaign, 'newsletter' | 'ledger' | 'host'>,
  channel: Channel,
  grace: number,
): Promise<Scheduled[]> {
  const now = host.clock.now();
  const sends = new Map((await ledger.deliveries.overview(channel)).map((send) => [send.issue, send]));
  const files = (await listIssueFiles(newsletter)).filter((file) => {
    const send = sends.get(file.number);
    return !send?.finished || isForeignList(send.listId, channel, newsletter);
  });
  const scheduled = files.map((file) =>
    schedule(newsletter, file, { send: sends.get(file.number), channel, now, grace }),
  );
  return (await Promise.all(scheduled)).filter((one) => one !== undefined);
}

interface Circumstances {
  readonly send: SendOverview | undefined;
  readonly channel: Channel;
  readonly now: number;
  readonly grace: number;
}

async function schedule(
  newsletter: Newsletter,
  file: IssueFile,
  { send, channel, now, grace }: Circumstances,
): Promise<Scheduled | undefined> {
  const parsed = await readIssue(file.path, file.name);
  // If the file is not valid YAML, its time is unknown, and its findings are shown.
  const times = 'issue' in parsed ? parsed.issue : await readSchedule(file);
  const { draft, send_at } = times ?? { draft: false, send_at: '' };
  const at = send_at === undefined ? undefined : instantOf(send_at, newsletter.config.newsletter.timezone);
  if (at === undefined) return undefined;
  const foreign = send !== undefined && isForeignList(send.listId, channel, newsletter);
  const finished = foreign && send.finished ? undefined : send?.finished;
  const state = dueState({ at, draft, finished }, now, grace);
  // A late issue that was sent under another List-ID is not reported.
  return { file, parsed, state: foreign && state === 'late' ? 'none' : state, at };
}
