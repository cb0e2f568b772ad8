import { type Newsletter, openNewsletter } from '../config/load.js';
import type { Ledger } from '../ledger/ledger.js';
import type { OpenOptions } from '../ledger/open-options.js';
import { openLedger } from '../ledger/table.js';
import type { Host } from '../platform/host.js';
import { ledgerUrl } from './ledger-address.js';

/** A newsletter and its ledger, open. */
export interface Campaign {
  readonly host: Host;
  readonly newsletter: Newsletter;
  readonly ledger: Ledger;
  /** The address of the ledger, with its password. */
  readonly ledgerUrl: string;
  /** That address, where it is neither that of OBN_LEDGER nor that of obn.yaml. */
  readonly ledgerOption: string | undefined;
  /**
   * Works with the ledger open for writing; one that does not exist is made now and not before, so that a refusal leaves
   * nothing behind.
   */
  writing<T>(this: void, work: (campaign: Campaign) => Promise<T>): Promise<T>;
  close(this: void): Promise<void>;
}

export interface CampaignOptions extends Pick<OpenOptions, 'migrate' | 'sameClock' | 'patienceMs'> {
  /** The newsletter, where the caller has read it already. */
  readonly newsletter?: Newsletter;
  /** Address of the ledger, instead of the one that OBN_LEDGER or obn.yaml names. */
  readonly ledger?: string | undefined;
  /** Whether a ledger that does not exist is made; otherwise an empty one stands in for it. */
  readonly create: boolean;
  /** Receives what the ledger says while it works, such as that its server is away. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/**
 * Opens the newsletter in the host's folder, and its ledger.
 * @throws ObnError when obn.yaml is wrong, or the ledger cannot be opened.
 */
export async function openCampaign(host: Host, options: CampaignOptions): Promise<Campaign> {
  const newsletter = options.newsletter ?? (await openNewsletter(host.cwd, host.env));
  const url = ledgerUrl(newsletter, host.env, options.ledger);
  const { create, migrate, sameClock, patienceMs, onNotice = () => {} } = options;
  const opening = { create, patienceMs, notice: onNotice, ...(migrate === undefined ? {} : { migrate }) };
  const ledger = await openLedger(url, newsletter.root, {
    ...opening,
    ...(sameClock === undefined ? {} : { sameClock }),
  });
  const campaign: Campaign = {
    ...{ host, newsletter, ledger, ledgerUrl: url, ledgerOption: options.ledger },
    close: () => ledger.close(),
    writing: async (work) => {
      if (create) return work(campaign);
      const writable = await openCampaign(host, {
        newsletter,
        ledger: options.ledger,
        create: true,
        onNotice,
      });
      try {
        return await work(writable);
      } finally {
        await writable.close();
      }
    },
  };
  return campaign;
}

/** Opens a campaign for as long as `work` runs. @throws ObnError as {@link openCampaign} */
export async function withCampaign<T>(
  host: Host,
  options: CampaignOptions,
  work: (campaign: Campaign) => Promise<T>,
): Promise<T> {
  const campaign = await openCampaign(host, options);
  try {
    return await work(campaign);
  } finally {
    await campaign.close();
  }
}
