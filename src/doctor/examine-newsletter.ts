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
  /** The transport, instead of that of obn.yaml. */
  readonly transport?: TransportName | undefined;
  /** Address of the ledger, instead of the one that OBN_LEDGER or obn.yaml names. */
  readonly ledger?: string | undefined;
  /** Selectors of DKIM keys, where the transport does not know them. */
  readonly selectors?: readonly string[] | undefined;
  /** Address of the name server; default: OBN_DNS, or that of the system. */
  readonly dns?: string | undefined;
  /** Whether nothing is asked over the network. */
  readonly offline?: boolean | undefined;
  /** Receives what the ledger says while it is read, such as that its server is away. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/**
 * Checks that everything that sending needs is set up. What is wrong is a result, also an obn.yaml with errors.
 * @throws ObnError (usage) for an address of a name server that is none.
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
