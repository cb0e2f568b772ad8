import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { configurationError, messageOf } from '../findings/error.js';
import { errorCode } from './files.js';

export interface Listening {
  readonly port: number;
  /** Closes the server and drops every connection. */
  close(): Promise<void>;
  /** Closes the server and finishes open requests. Drops them after `ms` milliseconds. */
  finish(ms: number): Promise<void>;
}

/** The client of a request. */
export type Asker = {
  /** Peer address of the connection. */
  readonly address: string;
  /** Resolves when the response has been handed to the system, or the connection is closed. */
  answered(): Promise<void>;
};

export interface ListenOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Number of following ports to try if it is in use. */
  readonly more?: number;
  /** Time limit for receiving a request, in milliseconds. Default: that of Node.js. */
  readonly requestMs?: number;
}

/**
 * Serves HTTP on a local address.
 * @throws ObnError when no port is available.
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
    fetch: (request, { incoming, outgoing }) =>
      fetch(request, {
        address: incoming.socket.remoteAddress ?? '',
        answered: () => answered(outgoing),
      }),
    serverOptions: timeouts,
    overrideGlobalObjects: false,
  });
  refuseBroken(server);
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
        hint: 'choose another port with --port',
        cause: error,
      });
    }
  }
}

interface Outgoing {
  readonly writableFinished: boolean;
  readonly destroyed: boolean;
  once(event: 'finish' | 'close', listener: () => void): unknown;
}

function answered(outgoing: Outgoing): Promise<void> {
  return new Promise((resolve) => {
    if (outgoing.writableFinished || outgoing.destroyed) return resolve();
    outgoing.once('finish', resolve);
    outgoing.once('close', resolve);
  });
}

/** Responses to unreadable requests, by error code. Clients retry a 503, but not a 408. */
const REFUSALS: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '503 Service Unavailable\r\nRetry-After: 30',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
};

/** Responds to unreadable requests like Node.js, except that late requests may be retried. */
function refuseBroken(server: ReturnType<typeof createAdaptorServer>): void {
  const open = new WeakMap<object, ServerResponse>();
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => open.set(socket, response));
  server.on('clientError', (error: Error, socket: Socket) => {
    const response = open.get(socket);
    const begun = response?.headersSent && !response.writableFinished;
    if (!socket.writable || begun || errorCode(error) === 'ECONNRESET') return socket.destroy();
    const status = REFUSALS[errorCode(error) ?? ''] ?? '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
}

function reasonOf(error: unknown): string {
  if (errorCode(error) === 'EADDRINUSE') return 'the port is in use';
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
