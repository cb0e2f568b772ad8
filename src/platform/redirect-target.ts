import type { WebAnswer } from './web.js';

/** The URL that a response redirects to: undefined if it does not redirect, null if that is not a web address. */
export function redirectTarget(
  { status, headers: { location } }: Pick<WebAnswer, 'status' | 'headers'>,
  from: URL,
): URL | undefined | null {
  if (status < 300 || status >= 400 || location === undefined) return undefined;
  if (!URL.canParse(location, from.href)) return null;
  const target = new URL(location, from);
  target.hash = '';
  return /^https?:$/.test(target.protocol) ? target : null;
}
