/**
 * Sites that do not show programs a page that works in a browser: they answer with a login, a challenge or an error
 * status. Their answer that a page is gone can be trusted.
 */
const WARY: Readonly<Record<string, string>> = {
  'linkedin.com': '999',
  'x.com': '400, 403',
  'twitter.com': '400, 403',
  'instagram.com': '401, 429',
  'threads.net': '403',
  'facebook.com': '400',
  'tiktok.com': '403',
  'medium.com': '403',
  'reddit.com': '403',
  'quora.com': '403',
  'stackoverflow.com': '403',
  'npmjs.com': '403',
  'udemy.com': '403',
  'researchgate.net': '403',
  'dl.acm.org': '403',
  'nytimes.com': '403',
  'wsj.com': '401, 403',
  'bloomberg.com': '403',
  'amazon.com': '405, 503',
};

/** Whether only "gone" and "no such host" count from this host. */
export function isBotWall(hostname: string): boolean {
  const labels = hostname.split('.');
  return labels.some((_, index) => Object.hasOwn(WARY, labels.slice(index).join('.')));
}
