import pLimit from 'p-limit';
import { findSubscriber } from '../audience/find.js';
import { locateList } from '../config/list.js';
import type { Newsletter } from '../config/load.js';
import type { Clock } from '../platform/clock.js';
import { exists } from '../platform/files.js';
import { isPrivateAddress } from '../platform/private.js';
import { type Asker, listen } from '../platform/server.js';
import type { Transport } from '../transport/transport.js';
import { createApp } from './app.js';
import { Tasks } from './background-tasks.js';
import { clientOf } from './client.js';
import { invitations } from './invite.js';
import type { LimitOptions } from './limits.js';
import type { AccessLine } from './log.js';
import type { ServeStore } from './store.js';

export interface ServerOptions {
  readonly newsletter: Newsletter;
  readonly store: ServeStore;
  /** Sends confirmation emails. Undefined: sign-up is disabled. */
  readonly transport: Transport | undefined;
  readonly clock: Clock;
  readonly host: string;
  readonly port: number;
  /** Number of trusted proxies in front of this service. */
  readonly proxies: number;
  readonly limits?: LimitOptions;
  /** Whether other instances may share the ledger. */
  readonly shared: boolean;
  onAccess(line: AccessLine): void;
  onRefused(code: string, reason: string): void;
  /**
   * Called once when requests arrive through a proxy that `proxies` does not count. All readers
   * then share one rate limit.
   */
  onProxy(): void;
  onBug(error: unknown): void;
}

export interface Server {
  readonly port: number;
  /** Stops accepting requests, finishes the current ones and sends pending emails. */
  finish(): Promise<void>;
}

/** Time limit for a request. Forms arrive quickly; slower clients only hold a connection. */
const REQUEST_MS = 20_000;
const FINISH_MS = 10_000;
const WAITS_MS = [1_000, 5_000, 20_000];

/** Starts the reader service. @throws ObnError when the secret, the URL or the port is missing. */
export async function openServer(options: ServerOptions): Promise<Server> {
  const { newsletter, transport, proxies, onBug } = options;
  const tasks = new Tasks(onBug, ({ env }) => (env as Asker).answered());
  let told = false;
  const ending = new AbortController();
  const send = transport && invitations({ ...options, transport, waits: WAITS_MS, signal: ending.signal });
  const mailing = pLimit(transport?.concurrency ?? 1);
  const reading = pLimit(1);
  const list = locateList(newsletter);
  const app = await createApp({
    ...options,
    invite: send && ((address, link) => mailing(() => send(address, link))),
    later: tasks.later,
    client: (context) => {
      const { address } = context.env as Asker;
      const forwarded = context.req.header('x-forwarded-for');
      if (proxies === 0 && !told && forwarded !== undefined && isPrivateAddress(address)) {
        told = true;
        options.onProxy();
      }
      return clientOf(address, forwarded, proxies);
    },
    listed: (key) =>
      reading(async () =>
        exists(list.path) ? (await findSubscriber(list.path, list.name, key))?.fields : undefined,
      ),
  });
  const server = await listen((request, asker) => app.fetch(request, asker), {
    ...options,
    requestMs: REQUEST_MS,
  });
  return {
    port: server.port,
    finish: async () => {
      ending.abort();
      await server.finish(FINISH_MS);
      await tasks.finished();
    },
  };
}
