import { verdictOfAnswer, verdictOfError } from '../check/network/verdict.js';
import type { Clock } from '../platform/clock.js';
import { isPrivateAddress } from '../platform/private.js';
import { readWebPage, type WebPage, type WebPageOptions } from '../platform/read-web-page.js';
import { redirectTarget } from '../platform/redirect-target.js';
import { type WebAnswer, WebError } from '../platform/web.js';
import { decodeHtml } from './decode-html.js';

export interface FetchOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether addresses of this machine and its network are requested, too. */
  readonly allowPrivate?: boolean | undefined;
  readonly limits?: FetchLimits;
  readonly read?: (url: URL, options: WebPageOptions) => Promise<WebPage>;
}

export interface FetchLimits {
  /** For all requests of one page. */
  readonly wholeMs: number;
  readonly maxBytes: number;
}

/** The result of requesting a page. `url` is where permanent redirects lead, which is the address to link to. */
export type FetchedPage =
  | { readonly kind: 'page'; readonly url: URL; readonly html: string; readonly isWhole: boolean }
  /** No page; `reason` completes a sentence that starts with the address. */
  | { readonly kind: 'unread'; readonly url: URL; readonly reason: string }
  /** The address, or one that it redirects to, is on a private network. */
  | { readonly kind: 'private'; readonly url: URL; readonly target: URL };

const FETCH_LIMITS: FetchLimits = { wholeMs: 10_000, maxBytes: 2 * 1024 * 1024 };
const MAX_REDIRECTS = 10;
/** RFC 9110 15.4: later requests should use the new address. */
const PERMANENT = [301, 308];
const HEADERS = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1', 'accept-encoding': 'gzip, br' };

/** Requests a page under the network rules of link checking. Never rejects for what a server does. */
export async function fetchPage(start: URL, options: FetchOptions): Promise<FetchedPage> {
  const { clock, signal, allowPrivate = false, limits = FETCH_LIMITS, read = readWebPage } = options;
  const end = clock.steady() + limits.wholeMs;
  let publicOnly = !allowPrivate;
  let permanent = start;
  let onlyPermanent = true;
  let url = start;
  for (let count = 0; count <= MAX_REDIRECTS; count++) {
    const timeoutMs = Math.max(1, Math.round(end - clock.steady()));
    const request = { timeoutMs, publicOnly, signal, maxBytes: limits.maxBytes, wants: isGoodHtml };
    const page = await read(url, { ...request, headers: HEADERS }).catch(asWebError);
    if (page instanceof WebError) return failed(page, permanent, url);
    const next = redirectTarget(page, url);
    if (next === undefined) return pageFrom(page, permanent);
    if (next === null) return { kind: 'unread', url: permanent, reason: 'redirects to an invalid address' };
    // A public site must not make obn talk to a private network.
    publicOnly ||= !isPrivateAddress(page.address);
    onlyPermanent &&= PERMANENT.includes(page.status);
    if (onlyPermanent) permanent = withHash(next, start);
    url = next;
  }
  return { kind: 'unread', url: permanent, reason: `redirects more than ${MAX_REDIRECTS} times` };
}

function asWebError(error: unknown): WebError {
  if (error instanceof WebError) return error;
  throw error;
}

function failed(error: WebError, url: URL, target: URL): FetchedPage {
  if (error.failure === 'private') return { kind: 'private', url, target };
  const verdict = verdictOfError(error);
  return { kind: 'unread', url, reason: 'said' in verdict ? verdict.said : 'was not read' };
}

function pageFrom(page: WebPage, url: URL): FetchedPage {
  if (page.status < 200 || page.status >= 300) return { kind: 'unread', url, reason: statusReason(page) };
  if (!isGoodHtml(page)) return { kind: 'unread', url, reason: `is not a web page (${mediaType(page)})` };
  return {
    kind: 'page',
    url,
    html: decodeHtml(page.bytes, page.headers['content-type']),
    isWhole: page.isWhole,
  };
}

function statusReason(page: WebPage): string {
  const verdict = verdictOfAnswer(page);
  return 'said' in verdict ? verdict.said : `answers ${page.status} to programs`;
}

function isGoodHtml(answer: WebAnswer): boolean {
  const isGood = answer.status >= 200 && answer.status < 300;
  return isGood && /^(?:text\/html|application\/xhtml\+xml)$/.test(mediaType(answer));
}

/** The media type without its parameters. */
function mediaType({ headers }: WebAnswer): string {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'unknown type';
}

/** A redirect keeps the fragment (RFC 9110 10.2.2). */
function withHash(url: URL, { hash }: URL): URL {
  const target = new URL(url);
  target.hash = hash;
  return target;
}
