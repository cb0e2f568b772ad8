import type { Newsletter } from '../config/load.js';
import { progressOf } from '../delivery/state.js';
import { usageError } from '../findings/error.js';
import { findIssueFile, type IssueFile, issuesFolder, listIssueFiles } from '../issue/store.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Campaign } from './open-campaign.js';

/**
 * The issue that is meant: by number or path, or the newest that has not been sent; never one before the last sent.
 * @throws ObnError (usage) when there is none.
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
    none ? 'there is no issue yet' : 'every issue has been sent',
    none ? 'write one with `obn new`' : 'name one by its number',
  );
}

/** The file of an issue; of one that the ledger knows, going on needs no file. */
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
