import type { Newsletter } from '../config/load.js';
import { findingsError } from '../findings/error.js';
import { findIssueFile, type IssueFile, type ReadIssue } from '../issue/store.js';
import { type Inbox, inboxOf } from './inbox.js';

/** Where links go. */
export type Target =
  | { readonly kind: 'issue'; readonly file: IssueFile }
  | { readonly kind: 'inbox'; readonly inbox: Inbox }
  /** The next issue, which has no file yet. */
  | { readonly kind: 'new' };

/**
 * Chooses where links go: the issue that is named, or the newest draft, or the inbox if there is one, or a new draft.
 * @throws ObnError (usage) for an unknown issue; with findings if a file that may be the newest draft has errors
 */
export async function chooseTarget(
  newsletter: Newsletter,
  issues: readonly ReadIssue[],
  {
    to,
    inbox: wantsInbox = false,
  }: { readonly to?: string | undefined; readonly inbox?: boolean | undefined },
): Promise<Target> {
  const inbox = inboxOf(newsletter);
  if (wantsInbox) return { kind: 'inbox', inbox };
  if (to !== undefined) return { kind: 'issue', file: await findIssueFile(newsletter, to) };
  const newest = issues.findLast(({ parsed }) => 'findings' in parsed || parsed.issue.draft);
  if (newest && 'findings' in newest.parsed) {
    const message = `${newest.file.name} has errors, so obn cannot tell whether it is the newest draft`;
    throw findingsError(message, newest.parsed.findings, 'fix it, or name the issue with --to');
  }
  if (newest) return { kind: 'issue', file: newest.file };
  return inbox.exists ? { kind: 'inbox', inbox } : { kind: 'new' };
}
