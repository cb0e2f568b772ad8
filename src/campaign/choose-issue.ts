import type { Newsletter } from '../config/load.js';
import { progressOf } from '../delivery/state.js';
import { usageError } from '../findings/error.js';
import { findIssueFile, type IssueFile, issuesFolder, listIssueFiles } from '../issue/store.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Campaign } from './open-campaign.js';

/**
 * Finds an issue by number or path. Default: the newest unsent issue, but none before the last sent one.
 * @throws ObnError (usage) if there is none
 */
export async function chooseIssue(
  { newsletter, ledger, host }: Pick<Campaign, 'newsletter' | 'ledger' | 'host'>,
  wanted: string | undefined,
): Promise<IssueFile> {
  if (wanted !== undefined) return findOrRemember(newsletter, ledger, wanted);
  const files = await listIssueFiles(newsletter);
  const last = await ledger.deliveries.lastIssue();
  for (const file of files.toReversed()) {
    if (file.number < last) break;
    const state = (await progressOf(ledger.deliveries, file.number, host.clock.now()))?.state;
    if (state !== 'sent' && state !== 'partial') return findIssueFile(newsletter, String(file.number));
  }
  const none = files.length === 0;
  throw usageError(
    none ? 'there are no issues yet' : 'every issue has been sent',
    none ? 'create one with `obn new`' : `pick one by its number, such as ${files.at(-1)?.number}`,
  );
}

/** The file of an issue. An issue in the ledger needs no file, because it can be resumed without one. */
async function findOrRemember(newsletter: Newsletter, ledger: Ledger, wanted: string): Promise<IssueFile> {
  try {
    return await findIssueFile(newsletter, wanted);
  } catch (error) {
    const number = Number(wanted.replace('#', ''));
    const known = Number.isInteger(number) && (await ledger.deliveries.find(number, 'live'));
    if (known) return { number, path: issuesFolder(newsletter.root), name: `issue ${number}` };
    throw error;
  }
}
