import { type Newsletter, openNewsletter } from '../config/load.js';
import type { Ledger } from '../ledger/ledger.js';
import type { OpenOptions } from '../ledger/open-options.js';
import { openLedger } from '../ledger/table.js';
import type { Host } from '../platform/host.js';
import { ledgerUrl } from './ledger-address.js';

/** A newsletter and its open ledger. */
export interface Campaign {
  readonly host: Host;
  readonly newsletter: Newsletter;
  readonly ledger: Ledger;
  /** The address of the ledger, including its password. */
  readonly ledgerUrl: string;
  /** The address, if an option set it. */
  readonly ledgerOption: string | undefined;
  /**
   * Runs a function with the ledger open for writing. A missing ledger is created here and not earlier, so that a refusal
   * leaves no file.
   */
  writing<T>(this: void, work: (campaign: Campaign) => Promise<T>): Promise<T>;
  close(this: void): Promise<void>;
}

export interface CampaignOptions extends Pick<OpenOptions, 'migrate' | 'sameClock' | 'patienceMs'> {
  /** The newsletter, if the caller has already read it. */
  readonly newsletter?: Newsletter;
  /** The address of the ledger, instead of OBN_LEDGER or obn.yaml. */
  readonly ledger?: string | undefined;
  /** Whether to create a missing ledger; otherwise an empty one is used in its place. */
  readonly create: boolean;
  /** Receives messages of the ledger, such as that its server is not reachable. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/**
 * Opens the newsletter in the host's folder, and its ledger.
 * @throws ObnError if obn.yaml has an error or the ledger cannot be opened
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

/** Opens a campaign while `work` runs. @throws ObnError as {@link openCampaign} */
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
