import { openCampaign } from '../campaign/open-campaign.js';
import { transportKind } from '../campaign/transport-kind.js';
import type { Newsletter } from '../config/load.js';
import { ledgerFile } from '../ledger/table.js';
import type { Host } from '../platform/host.js';
import { requireSecret } from './app.js';
import { openServer, type Server, type ServerOptions } from './server.js';

/** Maximum wait for the ledger. Requests of readers must finish within seconds. */
const PATIENCE_MS = 4_000;

export interface StartOptions
  extends Pick<ServerOptions, 'host' | 'port' | 'proxies' | 'onAccess' | 'onRefused' | 'onProxy' | 'onBug'> {
  /** Ledger URL instead of OBN_LEDGER or obn.yaml. */
  readonly ledger?: string | undefined;
  /** Receives notices of the ledger. */
  onNotice(text: string): void;
}

/** A running reader service. */
export interface RunningService extends Server {
  /** Closes ledger and transport, even if requests are still open. */
  close(): Promise<void>;
}

/**
 * Starts the reader service of a newsletter with the ledger and transport of obn.yaml.
 * @throws ObnError when the secret, the ledger, the URL or the port is missing.
 */
export async function startService(
  { cwd, env, clock }: Host,
  newsletter: Newsletter,
  options: StartOptions,
): Promise<RunningService> {
  requireSecret(newsletter);
  const kind = transportKind(newsletter);
  const { ledger, onNotice } = options;
  const opening = { newsletter, ledger, create: true, patienceMs: PATIENCE_MS, onNotice };
  const campaign = await openCampaign({ cwd, env, clock }, opening);
  const closing = [() => campaign.close()];
  const close = async () => {
    while (closing.length > 0) await closing.pop()?.();
  };
  try {
    const transport = newsletter.config.serve.subscribe ? await kind.open(newsletter, env) : undefined;
    if (transport) closing.push(() => transport.close());
    const shared = ledgerFile(campaign.ledgerUrl, newsletter.root) === undefined;
    const { host, port, proxies, onAccess, onRefused, onProxy, onBug } = options;
    const server = await openServer({
      ...{ newsletter, transport, clock, shared, host, port, proxies },
      store: campaign.ledger,
      ...{ onAccess, onRefused, onProxy, onBug },
    });
    return { ...server, close };
  } catch (error) {
    await close();
    throw error;
  }
}
