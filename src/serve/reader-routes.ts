import type { Config } from '../config/schema.js';
import { configurationError } from '../findings/error.js';
import { tokenParameter, unsubscribeLink } from '../message/token.js';

/** Paths and URLs of the reader pages. */
export interface ReaderRoutes {
  /** For example `https://news.example.com`, without a trailing slash. */
  readonly base: string;
  /**
   * Path prefixes under which requests arrive, with and without a proxy that strips the folder. No
   * trailing slash.
   */
  readonly folders: readonly string[];
  /** Path prefixes of the unsubscribe page. */
  readonly unsubscribe: readonly string[];
  /** Query parameter of the unsubscribe token. Undefined: the token ends the path. */
  readonly parameter: string | undefined;
  /**
   * Link to a page from any other page: a path, or a full URL if the hosts differ. Contains the
   * token if given.
   */
  path(page: PageName, token?: string): string;
  /** Link to the unsubscribe page. */
  unsubscribePath(token: string): string;
  /** Name of the page at a path, for the log, which must not contain tokens. */
  nameOf(path: string): string;
}

const PAGE_NAMES = ['subscribe', 'confirm', 'preferences', 'health'] as const;

export type PageName = (typeof PAGE_NAMES)[number];

/** @throws ObnError when unsubscribe.url is missing. */
export function readerRoutes({ unsubscribe, serve }: Config): ReaderRoutes {
  const { url } = unsubscribe;
  if (!url) {
    const hint =
      'set it in obn.yaml to the public URL of this service, such as https://news.example.com/unsubscribe';
    throw configurationError('unsubscribe.url is not set, so links cannot lead to this service', { hint });
  }
  const base = serve.url ?? new URL('.', url).href.replace(/\/$/, '');
  const folder = new URL(base).pathname.replace(/\/$/, '');
  const { pathname } = new URL(url);
  const bare = folder !== '' && pathname.startsWith(`${folder}/`) ? pathname.slice(folder.length) : pathname;
  // Pages on a different host than the unsubscribe links need full URLs.
  const apart = new URL(base).origin !== new URL(url).origin;
  const query = (token?: string) => (token === undefined ? '' : `?token=${token}`);
  const folders = [...new Set([folder, ''])];
  const places = [...new Set([pathname, bare])];
  const parameter = tokenParameter(url);
  const leaves = (path: string) =>
    places.some((place) => (parameter === undefined ? isToken(path, place) : path === place));
  return {
    base,
    folders,
    unsubscribe: places,
    parameter,
    path: (page, token) => `${apart ? base : folder}/${page}${query(token)}`,
    unsubscribePath: (token) => {
      const link = new URL(unsubscribeLink(url, token));
      return apart ? link.href : link.pathname + link.search;
    },
    nameOf: (path) =>
      PAGE_NAMES.find((page) => folders.some((one) => path === `${one}/${page}`)) ??
      (leaves(path) ? 'unsubscribe' : 'other'),
  };
}

/** Whether a path ends in a token. A truncated token must stay out of the log, too. */
function isToken(path: string, place: string): boolean {
  return path.startsWith(place) && /^1[\w-]*$/.test(path.slice(place.length));
}
