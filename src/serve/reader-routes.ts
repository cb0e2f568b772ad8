import type { Config } from '../config/schema.js';
import { configurationError } from '../findings/error.js';
import { tokenParameter, unsubscribeLink } from '../message/token.js';

/** Where readers find the pages. */
export interface ReaderRoutes {
  /** Such as `https://news.example.com`, without a slash at the end. */
  readonly base: string;
  /** The paths under which requests for it come, through a proxy that takes the folder off or without; no slash at the end. */
  readonly folders: readonly string[];
  /** The same for unsubscribing. */
  readonly unsubscribe: readonly string[];
  /** The parameter with the token of unsubscribing; undefined: it is the end of the path. */
  readonly parameter: string | undefined;
  /** Where a page is, as a link from any of them: a path, or more. With a token where one is given. */
  path(page: PageName, token?: string): string;
  /** The same for where a reader unsubscribes. */
  unsubscribePath(token: string): string;
  /** What a path leads to, for the log, which must not show a token that stands in it. */
  nameOf(path: string): string;
}

export const PAGE_NAMES = ['subscribe', 'confirm', 'preferences', 'health'] as const;

export type PageName = (typeof PAGE_NAMES)[number];

/** @throws ObnError when unsubscribe.url is missing. */
export function readerRoutes({ unsubscribe, serve }: Config): ReaderRoutes {
  const { url } = unsubscribe;
  if (!url) {
    const hint =
      'set it in obn.yaml to the address at which readers reach this service, such as https://news.example.com/unsubscribe';
    throw configurationError('unsubscribe.url is missing, so no link leads here', { hint });
  }
  const base = serve.url ?? new URL('.', url).href.replace(/\/$/, '');
  const folder = new URL(base).pathname.replace(/\/$/, '');
  const { pathname } = new URL(url);
  const bare = folder !== '' && pathname.startsWith(`${folder}/`) ? pathname.slice(folder.length) : pathname;
  // Pages on another host than the links of the mails are named in full.
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

/** Whether a path is one of the links that end in a token; one that is cut off must not stand in the log either. */
function isToken(path: string, place: string): boolean {
  return path.startsWith(place) && /^1[\w-]*$/.test(path.slice(place.length));
}
