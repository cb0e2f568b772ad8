const PAGE = /^issues\/\d+\/index\.html$/;
const LAST = ['issues/index.html', 'index.html'];

/**
 * Order in which files are moved into place, so that links work at any moment and after a crash: images and
 * scripts, new pages, pages that link to them, lists of pages, the search index, and feeds and sitemaps.
 * @param isNew whether a file is new in the site
 */
export function inOrder(paths: Iterable<string>, isNew: (path: string) => boolean): string[] {
  const rank = (path: string) => {
    if (PAGE.test(path)) return isNew(path) ? 1 : 2;
    if (LAST.includes(path)) return 3 + LAST.indexOf(path);
    if (path === 'search/index.json') return 5;
    return path.includes('/') ? 0 : 6;
  };
  return [...paths].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
