import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction, TcpNetConnectOpts } from 'node:net';
import { errorCode } from './files.js';
import { isPrivateAddress } from './private.js';
import { version } from './version.js';

/** Status and headers of a response. */
export interface WebAnswer {
  readonly status: number;
  /** Status text of the server. */
  readonly words: string;
  /** The first value of each header, by lowercase name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** IP address of the server. */
  readonly address: string;
}

/** Why a request failed. */
export type WebFailure =
  | 'no-host'
  | 'no-name-server'
  | 'refused'
  | 'time-out'
  | 'not-secure'
  | 'private'
  | 'broken'
  | 'stopped';

export class WebError extends Error {
  readonly code = 'OBN_WEB';

  constructor(
    readonly failure: WebFailure,
    message: string,
  ) {
    super(message);
  }
}

export interface WebOptions {
  readonly method: 'HEAD' | 'GET' | 'POST';
  /** Body of a POST, with its content type. */
  readonly body?: { readonly type: string; readonly text: string };
  /** Limit for name lookup, connection, TLS and response together. */
  readonly timeoutMs: number;
  /** Refuses addresses of this machine and its private network, under any host name. */
  readonly publicOnly?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Headers that are added to the usual ones, or replace them. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Some servers send more cookies than the default limit of Node.js allows. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Time per address before the next address of the host is tried. */
const ATTEMPT_MS = 2_500;
const HEADERS = {
  accept: '*/*',
  'accept-language': 'en;q=0.8,*;q=0.5',
  'user-agent': `Mozilla/5.0 (compatible; obn/${version}; looks whether links work)`,
};

/**
 * Sends one request and reads only the head of the response. Does not follow redirects.
 * @throws WebError when there is no response.
 */
export function askWeb(url: URL, options: WebOptions): Promise<WebAnswer> {
  return requestWeb(url, options, async (response) => answerOf(response));
}

/**
 * Sends one request, and closes the connection when `take` has finished. Does not follow redirects.
 * @throws WebError when there is no response, or the time is up before `take` has finished.
 */
export function requestWeb<T>(
  url: URL,
  options: WebOptions,
  take: (response: http.IncomingMessage) => Promise<T>,
): Promise<T> {
  const { body, timeoutMs, publicOnly = false, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new WebError('stopped', 'stopped'));
    if (publicOnly && isPrivateAddress(url.hostname)) return reject(privateError(url.hostname));
    const { request: send } = url.protocol === 'https:' ? https : http;
    const request = send(url, requestOptions(options));
    const end = (error: WebError) => {
      reject(error);
      request.destroy(error);
    };
    const stop = () => end(new WebError('stopped', 'stopped'));
    const late = () => end(new WebError('time-out', `no response within ${timeoutMs / 1000} s`));
    const timer = setTimeout(late, timeoutMs);
    const tidy = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    };
    let responded = false;
    signal?.addEventListener('abort', stop);
    request.on('response', (response) => {
      responded = true;
      response.on('error', () => undefined);
      take(response)
        .then(resolve, (error: unknown) => reject(error instanceof Error ? webError(error) : error))
        .finally(() => {
          tidy();
          response.destroy();
        });
    });
    request.on('error', (error) => reject(webError(error)));
    request.on('close', () => {
      tidy();
      if (!responded) reject(new WebError('broken', 'the connection was closed without a response'));
    });
    request.end(body?.text);
  });
}

export interface ReadOptions {
  readonly timeoutMs: number;
  /** Reading stops after this many bytes. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a short text from a URL. Does not follow redirects.
 * @throws Error when there is no complete response in time.
 */
export async function readWeb(
  url: URL,
  { timeoutMs, maxBytes, signal }: ReadOptions,
): Promise<{ status: number; text: string }> {
  const late = AbortSignal.timeout(timeoutMs);
  const ends = signal ? AbortSignal.any([late, signal]) : late;
  try {
    const headers = { 'user-agent': HEADERS['user-agent'] };
    const response = await fetch(url, { redirect: 'manual', headers, signal: ends });
    let text = '';
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length >= maxBytes) break;
    }
    return { status: response.status, text };
  } catch (error) {
    if (late.aborted) throw new WebError('time-out', `no response within ${timeoutMs / 1000} s`);
    throw error instanceof Error && error.cause instanceof Error ? webError(error.cause) : error;
  }
}

function requestOptions({
  method,
  body,
  publicOnly = false,
  headers = {},
}: WebOptions): http.RequestOptions & Pick<TcpNetConnectOpts, 'autoSelectFamilyAttemptTimeout'> {
  return {
    method,
    agent: false,
    headers: { ...HEADERS, ...(body && { 'content-type': body.type }), ...headers },
    maxHeaderSize: MAX_HEADER_BYTES,
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    ...(publicOnly ? { lookup: publicLookup } : {}),
  };
}

/** The head of a response. */
export function answerOf({
  statusCode = 0,
  statusMessage = '',
  headers,
  socket,
}: http.IncomingMessage): WebAnswer {
  const firsts = Object.entries(headers).map(([name, value]) => [name, [value].flat()[0]]);
  const address = socket.remoteAddress ?? '';
  return { status: statusCode, words: statusMessage, headers: Object.fromEntries(firsts), address };
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error, found, family) => {
    const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
    if (!error && addresses.some(isPrivateAddress)) callback(privateError(hostname), []);
    else callback(error, found, family);
  });
};

function privateError(host: string): WebError {
  return new WebError('private', `${host} is an address of this machine or its private network`);
}

const FAILURES: Readonly<Record<string, WebFailure>> = {
  ENOTFOUND: 'no-host',
  EAI_AGAIN: 'no-name-server',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'time-out',
  EPROTO: 'not-secure',
};
const TLS = /CERT|^ERR_(TLS|SSL)|SELF_SIGNED|^UNABLE_TO_|^HOSTNAME_MISMATCH/;

function webError(error: Error): WebError {
  if (error instanceof WebError) return error;
  const code = errorCode(error) ?? '';
  const failure = FAILURES[code] ?? (TLS.test(code) ? 'not-secure' : 'broken');
  // OpenSSL messages contain the names of its source files.
  return new WebError(
    failure,
    code === 'EPROTO' ? 'the server does not speak TLS on this port' : error.message || code,
  );
}
