import { type ListedIssue, listIssueFileStates, listIssues } from '../campaign/list-issues.js';
import { openCampaign } from '../campaign/open-campaign.js';
import { signingSecret } from '../campaign/signing-secret.js';
import { transportKind } from '../campaign/transport-kind.js';
import { type Newsletter, openNewsletter } from '../config/load.js';
import { usageError } from '../findings/error.js';
import { findIssueFile } from '../issue/store.js';
import type { Host } from '../platform/host.js';
import type { Actions } from './viewer.js';
import { brokenBy } from './workspace.js';

/**
 * Preview actions that need the ledger or a transport.
 * @param onNotice receives notices of the ledger
 */
export function previewActions(host: Host, onNotice: (text: string) => void): Actions {
  return {
    transport: (newsletter) => {
      const { name, live } = transportKind(newsletter);
      return { name, live };
    },
    states: (newsletter) => statesOf(host, newsletter, onNotice),
    secret: signingSecret,
    async sendTest(issue, address) {
      // Opened again, because obn.yaml may have changed since the preview started.
      const newsletter = await openNewsletter(host.cwd, host.env);
      const { sendTestCopies } = await import('../campaign/test-copy.js');
      const file = await findIssueFile(newsletter, String(issue));
      const { tests } = await sendTestCopies(host, newsletter, file, [address]);
      const [copy] = tests;
      if (!copy) throw usageError('the transport returned no result for the test');
      return copy;
    },
  };
}

async function statesOf(
  host: Host,
  newsletter: Newsletter,
  onNotice: (text: string) => void,
): ReturnType<Actions['states']> {
  try {
    const campaign = await openCampaign(host, { newsletter, create: false, onNotice });
    try {
      return { states: statesByNumber(await listIssues(campaign)) };
    } finally {
      await campaign.close();
    }
  } catch (error) {
    return { states: statesByNumber(await listIssueFileStates(newsletter)), trouble: brokenBy(error) };
  }
}

function statesByNumber(issues: readonly Pick<ListedIssue, 'file' | 'state'>[]): Map<number, string> {
  return new Map(issues.map(({ file, state }) => [file.number, state]));
}
