const PAGE = /^issues\/\d+\/index\.html$/;
const LAST = ['issues/index.html', 'index.html'];

/**
 * The order in which files are put in place, so that whoever looks meanwhile, or after a crash, finds behind every link
 * what it leads to: pictures and scripts, new pages, pages that link to them, the lists of pages, the index of the
 * search, and what is read by machines.
 * @param isNew whether a file was not in the site before
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
