import { dirname } from 'node:path';
import { chooseIssue } from '../campaign/choose-issue.js';
import { openCampaign } from '../campaign/open-campaign.js';
import type { Newsletter } from '../config/load.js';
import { ObnError, usageError } from '../findings/error.js';
import { findIssueFile, issuesFolder } from '../issue/store.js';
import type { Host } from '../platform/host.js';

/**
 * The issue that the preview shows first: the given one, or the newest unsent one; undefined if there is
 * none.
 * @param onNotice receives notices of the ledger
 * @throws ObnError (usage) for a name that is not an issue of this newsletter
 */
export async function firstIssue(
  host: Host,
  newsletter: Newsletter,
  wanted: string | undefined,
  onNotice: (text: string) => void,
): Promise<number | undefined> {
  if (wanted !== undefined) {
    const { path, name, number } = await findIssueFile(newsletter, wanted);
    if (dirname(path) === issuesFolder(newsletter.root)) return number;
    throw usageError(`${name} is not in the issues folder`, 'the preview only shows files in issues/');
  }
  try {
    const campaign = await openCampaign(host, { newsletter, create: false, onNotice });
    try {
      return (await chooseIssue(campaign, wanted)).number;
    } finally {
      await campaign.close();
    }
  } catch (error) {
    // The page reports ledger problems. Viewing an issue needs no ledger.
    if (error instanceof ObnError) return undefined;
    throw error;
  }
}
