import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { configurationError, messageOf } from '../findings/error.js';
import { errorCode } from './files.js';

export interface Listening {
  readonly port: number;
  /** Drops every connection and listens no more. */
  close(): Promise<void>;
  /** Listens no more, and lets what is being answered have its answer; after `ms` milliseconds all is dropped. */
  finish(ms: number): Promise<void>;
}

/** Who has asked: the address at the other end of the connection. */
export type Asker = { readonly address: string };

export interface ListenOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** How many ports after it are tried when it is taken. */
  readonly more?: number;
  /** Drops a connection on which a request is not complete after so many milliseconds; default: that of Node.js. */
  readonly requestMs?: number;
}

/**
 * Serves HTTP on an address of this machine.
 * @throws ObnError when none of the ports can be had.
 */
export async function listen(
  fetch: (request: Request, asker: Asker) => Response | Promise<Response>,
  { host, port, more = 0, requestMs }: ListenOptions,
): Promise<Listening> {
  const timeouts =
    requestMs === undefined
      ? {}
      : { requestTimeout: requestMs, headersTimeout: requestMs, connectionsCheckingInterval: requestMs };
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => fetch(request, { address: incoming.socket.remoteAddress ?? '' }),
    serverOptions: timeouts,
    overrideGlobalObjects: false,
  });
  const bind = (wanted: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, host, () => {
        server.off('error', reject);
        resolve((server.address() as AddressInfo).port);
      });
    });
  for (let wanted = port; ; wanted++) {
    try {
      const bound = await bind(wanted);
      return { port: bound, close: () => close(server), finish: (ms) => finish(server, ms) };
    } catch (error) {
      if (errorCode(error) === 'EADDRINUSE' && wanted < Math.min(port + more, 65_535)) continue;
      throw configurationError(`cannot listen on ${host}:${wanted}: ${reasonOf(error)}`, {
        hint: 'name another port with --port',
        cause: error,
      });
    }
  }
}

function reasonOf(error: unknown): string {
  if (errorCode(error) === 'EADDRINUSE') return 'another program has this port';
  return errorCode(error) === 'EACCES' ? 'permission denied' : messageOf(error);
}

function close(server: ReturnType<typeof createAdaptorServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

async function finish(server: ReturnType<typeof createAdaptorServer>, ms: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if ('closeIdleConnections' in server) server.closeIdleConnections();
  const timer = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), ms);
  await closed;
  clearTimeout(timer);
}
