import { audienceSource } from '../campaign/audience-source.js';
import { ledgerUrl } from '../campaign/ledger-address.js';
import { openCampaign } from '../campaign/open-campaign.js';
import { knownSecrets } from '../campaign/signing-secret.js';
import { transportKind } from '../campaign/transport-kind.js';
import type { TransportName } from '../campaign/transport-names.js';
import { type Newsletter, openNewsletter } from '../config/load.js';
import { isReadable, surveyAudience } from '../delivery/audience.js';
import { ObnError } from '../findings/error.js';
import { ledgerFile } from '../ledger/table.js';
import type { Host } from '../platform/host.js';
import { openNameServer } from '../platform/name-server.js';
import { examine, examineWithout, type Result } from './examine.js';
import type { ExaminedNewsletter } from './examined-newsletter.js';

export interface ExamineOptions {
  /** Transport to use instead of the one in obn.yaml. */
  readonly transport?: TransportName | undefined;
  /** Ledger URL instead of OBN_LEDGER or obn.yaml. */
  readonly ledger?: string | undefined;
  /** DKIM selectors, if the transport does not know them. */
  readonly selectors?: readonly string[] | undefined;
  /** Address of the name server. Default: OBN_DNS, or the system's servers. */
  readonly dns?: string | undefined;
  /** Whether to make no network requests. */
  readonly offline?: boolean | undefined;
  /** Receives notices of the ledger, for example that its server is unavailable. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/**
 * Checks that everything needed for sending is set up. Problems are results, including errors in obn.yaml.
 * @throws ObnError (usage) for an invalid name server address.
 */
export async function examineNewsletter(host: Host, options: ExamineOptions = {}): Promise<Result[]> {
  const names = openNameServer(options.dns ?? (host.env.OBN_DNS || undefined));
  let newsletter: Newsletter;
  try {
    newsletter = await openNewsletter(host.cwd, host.env);
  } catch (error) {
    if (!(error instanceof ObnError)) throw error;
    return examineWithout(error);
  }
  const examined = examinedNewsletter(host, newsletter, options);
  return examine({ ...examined, names }, { offline: options.offline ?? false });
}

function examinedNewsletter(
  host: Host,
  newsletter: Newsletter,
  { transport, ledger, selectors = [], onNotice }: ExamineOptions,
): Omit<ExaminedNewsletter, 'names'> {
  const { env, clock } = host;
  const open = () => openCampaign(host, { newsletter, ledger, create: false, sameClock: true, onNotice });
  return {
    ...{ newsletter, env, clock, selectors },
    transport: transportKind(newsletter, transport).name,
    secrets: knownSecrets(newsletter),
    ledgerFile: () => ledgerFile(ledgerUrl(newsletter, env, ledger), newsletter.root),
    openLedger: async () => (await open()).ledger,
    async countReaders() {
      const source = audienceSource(newsletter, {}, undefined, clock.now());
      if (!isReadable(source)) return undefined;
      const campaign = await open();
      try {
        return (await surveyAudience(source, campaign.ledger.readers, [])).counts.eligible;
      } finally {
        await campaign.close();
      }
    },
  };
}
