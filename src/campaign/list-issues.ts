import type { Newsletter } from '../config/load.js';
import { type IssueState, type Progress, progressOf, stateOfFile } from '../delivery/state.js';
import type { Finding } from '../findings/finding.js';
import { type IssueFile, readAllIssues } from '../issue/store.js';
import { timeIso } from '../text/times.js';
import { goesAt } from './goes-at.js';
import type { Campaign } from './open-campaign.js';

/** An issue of the newsletter, and its state. */
export interface ListedIssue {
  readonly file: IssueFile;
  readonly title: string | null;
  /** `YYYY-MM-DD`. */
  readonly date: string | null;
  readonly state: IssueState | 'invalid';
  /** Its send in the ledger. */
  readonly progress: Progress | undefined;
  /** When it will be sent, in milliseconds since 1970. */
  readonly at: number | undefined;
  /** Why the file cannot be read as an issue. */
  readonly findings: readonly Finding[];
}

/** Every issue of a newsletter, by number. */
export async function listIssues({ newsletter, ledger, host }: Campaign): Promise<ListedIssue[]> {
  const { timezone } = newsletter.config.newsletter;
  const listed: ListedIssue[] = [];
  for (const { file, parsed } of await readAllIssues(newsletter)) {
    const progress = await progressOf(ledger.deliveries, file.number, host.clock.now());
    if ('issue' in parsed) {
      const { title, date } = parsed.issue;
      const state = progress?.state ?? stateOfFile(parsed.issue);
      const at = goesAt(parsed.issue, progress, timezone);
      listed.push({ file, title, date, state, progress, at, findings: [] });
    } else {
      const state = progress?.state ?? 'invalid';
      const { findings } = parsed;
      listed.push({ file, title: null, date: null, state, progress, at: undefined, findings });
    }
  }
  return listed;
}

/** The state of every issue according to its file, without a ledger. */
export async function listIssueFileStates(
  newsletter: Newsletter,
): Promise<Pick<ListedIssue, 'file' | 'state'>[]> {
  return (await readAllIssues(newsletter)).map(({ file, parsed }) => ({
    file,
    state: 'issue' in parsed ? stateOfFile(parsed.issue) : 'invalid',
  }));
}

/** An issue in the document of `obn list --json`. */
export function listedIssueDocument({ file, title, date, state, at }: ListedIssue, timezone: string) {
  const document = { number: file.number, title, date, state, file: file.name };
  return at === undefined ? document : { ...document, send_at: timeIso(at, timezone) };
}
