import type { IssueDraft, IssuePlan, NewIssue } from '../init/create-issue.js';
import { readAllIssues } from '../issue/store.js';
import { EMPTY_INBOX, inboxOf, readInbox } from './inbox.js';
import { appenderFor } from './links-section.js';
import { readRaw, rewriteFile, whileLocked } from './rewrite-file.js';

/**
 * Writes a new issue with the links of the inbox in it, and empties the inbox.
 * @returns the issue, and how many links were moved
 * @throws ObnError, with nothing written, when links.yaml has errors or the file of the issue exists
 */
export async function writeWithInbox(
  { newsletter, write }: IssuePlan,
  draft: IssueDraft,
): Promise<{ issue: NewIssue; moved: number }> {
  const inbox = inboxOf(newsletter);
  if (!inbox.exists) return { issue: await write(draft), moved: 0 };
  return whileLocked(newsletter.root, async () => {
    const addition = readInbox(inbox.name, await readRaw(inbox.path));
    if (!addition) return { issue: await write(draft), moved: 0 };
    const append = await appenderFor(await readAllIssues(newsletter));
    const { text } = append(draft.file, draft.text, addition);
    // The issue first: what is in both files after a crash can be removed, what is in none is lost.
    const issue = await write({ ...draft, text });
    await rewriteFile(inbox.path, inbox.name, () => ({ text: EMPTY_INBOX }));
    return { issue, moved: addition.values.length };
  });
}
