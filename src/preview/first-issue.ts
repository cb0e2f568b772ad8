import { dirname } from 'node:path';
import { chooseIssue } from '../campaign/choose-issue.js';
import { openCampaign } from '../campaign/open-campaign.js';
import type { Newsletter } from '../config/load.js';
import { ObnError, usageError } from '../findings/error.js';
import { findIssueFile, issuesFolder } from '../issue/store.js';
import type { Host } from '../platform/host.js';

/**
 * The issue that a preview begins with: the one that is named, or the newest that is not sent; undefined where there is
 * none that could be sent.
 * @param onNotice receives what the ledger says while it works
 * @throws ObnError (usage) for a name that is that of no issue, or of one in another folder
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
    throw usageError(
      `${name} is not in the folder of the issues`,
      'the preview shows what stands in issues/',
    );
  }
  try {
    const campaign = await openCampaign(host, { newsletter, create: false, onNotice });
    try {
      return (await chooseIssue(campaign, wanted)).number;
    } finally {
      await campaign.close();
    }
  } catch (error) {
    // The page says what is wrong with the ledger; to look at an issue none is needed.
    if (error instanceof ObnError) return undefined;
    throw error;
  }
}
