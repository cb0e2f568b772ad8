import { type DueState, dueState } from '../../delivery/due.js';
import type { ParsedIssue } from '../../issue/issue.js';
import { readSchedule } from '../../issue/schedule.js';
import { type IssueFile, readAllIssues } from '../../issue/store.js';
import { instantOf } from '../../render/moment.js';
import { isForeign } from './refusals.js';
import { type SendSession, transportOf } from './session.js';

/** An issue that has a time at which it is to go out. */
export interface Scheduled {
  readonly file: IssueFile;
  readonly parsed: ParsedIssue;
  readonly state: DueState;
  /** Milliseconds since 1970; NaN: nobody can say. */
  readonly at: number;
}

/** Every issue that has a time, by number, and what is to be done about it now. */
export async function findScheduled(session: SendSession): Promise<Scheduled[]> {
  const { context, newsletter, ledger, options } = session;
  const channel = transportOf(session).live ? 'live' : 'rehearsal';
  const scheduled: Scheduled[] = [];
  for (const { file, parsed } of await readAllIssues(newsletter)) {
    const schedule = 'issue' in parsed ? parsed.issue : await readSchedule(file);
    // Of a file that is no YAML nobody knows, and its findings are shown.
    const { draft, send_at } = schedule ?? { draft: false, send_at: '' };
    const at = send_at === undefined ? undefined : instantOf(send_at, newsletter.config.newsletter.timezone);
    if (at === undefined) continue;
    const send = await ledger.find(file.number, channel);
    const counts = send && (await ledger.counts(send.id));
    const left = counts && counts.queued + counts.claimed;
    const foreign = send !== undefined && isForeign(send, newsletter);
    const facts = { at, draft, left: foreign && left === 0 ? undefined : left };
    const known = dueState(facts, context.clock.now(), options.grace);
    // One that went out long ago, under another name.
    const state = foreign && known === 'late' ? 'none' : known;
    scheduled.push({ file, parsed, state, at });
  }
  return scheduled;
}
