import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction, TcpNetConnectOpts } from 'node:net';
import { errorCode } from './files.js';
import { isPrivateAddress } from './private.js';
import { version } from './version.js';

/** What a server answers before it sends anything to read. */
export interface WebAnswer {
  readonly status: number;
  /** Its own word for the status. */
  readonly words: string;
  /** The first value of each header, by its name in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The IP address of the machine that has answered. */
  readonly address: string;
}

/** Why there is no answer. */
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
  /** What is sent with a POST, by its type. */
  readonly body?: { readonly type: string; readonly text: string };
  /** For name, connection, TLS and answer together. */
  readonly timeoutMs: number;
  /** Refuses to talk to this machine and its own network, whatever name it goes by. */
  readonly publicOnly?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Some servers set more cookies than Node.js takes by itself. */
const MAX_HEADER_BYTES = 64 * 1024;
/** How long one of several addresses of a host is tried before the next. */
const ATTEMPT_MS = 2_500;
const HEADERS = {
  accept: '*/*',
  'accept-language': 'en;q=0.8,*;q=0.5',
  'user-agent': `Mozilla/5.0 (compatible; obn/${version}; looks whether links work)`,
};

/**
 * Sends one request to a web address and reads the head of the answer alone; follows nothing.
 * @throws WebError when there is no answer.
 */
export function askWeb(url: URL, options: WebOptions): Promise<WebAnswer> {
  const { method, body, timeoutMs, publicOnly = false, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new WebError('stopped', 'stopped'));
    if (publicOnly && isPrivateAddress(url.hostname)) return reject(privateError(url.hostname));
    const { request: send } = url.protocol === 'https:' ? https : http;
    const request = send(url, requestOptions(method, publicOnly, body?.type));
    const stop = () => request.destroy(new WebError('stopped', 'stopped'));
    const late = () => request.destroy(new WebError('time-out', `no answer within ${timeoutMs / 1000} s`));
    const timer = setTimeout(late, timeoutMs);
    signal?.addEventListener('abort', stop);
    request.on('response', (response) => {
      resolve(answerOf(response));
      response.on('error', () => undefined).destroy();
    });
    request.on('error', (error) => reject(webError(error)));
    request.on('close', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      reject(new WebError('broken', 'the connection was closed without an answer'));
    });
    request.end(body?.text);
  });
}

export interface ReadOptions {
  readonly timeoutMs: number;
  /** What comes after so many bytes is not read. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gets a short text from a web address; follows nothing.
 * @throws Error when there is no whole answer in time.
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
    if (late.aborted) throw new WebError('time-out', `no answer within ${timeoutMs / 1000} s`);
    throw error instanceof Error && error.cause instanceof Error ? webError(error.cause) : error;
  }
}

function requestOptions(
  method: string,
  publicOnly: boolean,
  type: string | undefined,
): http.RequestOptions & Pick<TcpNetConnectOpts, 'autoSelectFamilyAttemptTimeout'> {
  return {
    method,
    agent: false,
    headers: type === undefined ? HEADERS : { ...HEADERS, 'content-type': type },
    maxHeaderSize: MAX_HEADER_BYTES,
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    ...(publicOnly ? { lookup: publicLookup } : {}),
  };
}

function answerOf({ statusCode = 0, statusMessage = '', headers, socket }: http.IncomingMessage): WebAnswer {
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
  return new WebError('private', `${host} is an address of this machine or its own network`);
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
  // OpenSSL's own messages name its source files.
  return new WebError(failure, code === 'EPROTO' ? 'the answer is not TLS' : error.message || code);
}
