import { chooseIssue } from '../campaign/choose-issue.js';
import { type Campaign, openCampaign } from '../campaign/open-campaign.js';
import type { Newsletter } from '../config/load.js';
import type { IssueFile } from '../issue/store.js';
import type { Host } from '../platform/host.js';
import type { IssueName } from './issue-types.js';

/** The context of the parts of the API. */
export interface ApiSession {
  readonly host: Host;
  readonly newsletter: Newsletter;
  readonly ledger: string | undefined;
  readonly onNotice: ((text: string) => void) | undefined;
  /** Resources that are closed with the newsletter, unless already closed. */
  readonly open: Set<() => Promise<void>>;
}

/** Opens the ledger. A missing one is created only with `create`. */
export function openFor(
  { host, newsletter, ledger, onNotice }: ApiSession,
  options: { readonly create?: boolean; readonly sends?: boolean } = {},
): Promise<Campaign> {
  const { create = false, sends = false } = options;
  const sending = sends ? { migrate: true, sameClock: true } : {};
  return openCampaign(host, { newsletter, ledger, create, onNotice, ...sending });
}

/** Opens the ledger while `work` runs. */
export async function within<T>(
  session: ApiSession,
  work: (campaign: Campaign) => Promise<T>,
  options: { readonly create?: boolean; readonly sends?: boolean } = {},
): Promise<T> {
  const campaign = await openFor(session, options);
  try {
    return await work(campaign);
  } finally {
    await campaign.close();
  }
}

/** The file of an issue; default: the newest unsent issue. */
export function fileOf(
  campaign: Pick<Campaign, 'newsletter' | 'ledger' | 'host'>,
  issue: IssueName | undefined,
): Promise<IssueFile> {
  return chooseIssue(campaign, issue === undefined ? undefined : String(issue));
}

/** Closes once, together with the newsletter at the latest. */
export function closesOnce({ open }: ApiSession, work: () => Promise<void>): () => Promise<void> {
  const close = async () => {
    if (open.delete(close)) await work();
  };
  open.add(close);
  return close;
}
