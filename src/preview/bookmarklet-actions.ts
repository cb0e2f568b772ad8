import { bookmarkletToken } from '../collect/bookmarklet.js';
import { openNewsletter } from '../config/load.js';
import type { Host } from '../platform/host.js';
import type { BookmarkletActions } from './routes/bookmarklet.js';

/**
 * Adds pages for the bookmarklet.
 * @param root folder of the newsletter @param onNotice receives notices of the ledger
 */
export function bookmarkletActions(
  host: Host,
  root: string,
  onNotice: (text: string) => void,
): BookmarkletActions {
  return {
    token: () => bookmarkletToken(root),
    async add(url) {
      const { addLinks } = await import('../collect/add-links.js');
      const newsletter = await openNewsletter(host.cwd, host.env);
      const { added, skipped } = await addLinks(host, newsletter, [url], { onNotice });
      const [link] = added;
      const [known] = skipped;
      if (!link) return known ? `It is already in ${known.file}:${known.line}.` : 'Nothing was added.';
      const { file, line, title, earlier, problem } = link;
      return [
        `Added to ${file}:${line}: ${title}`,
        problem === undefined ? '' : `obn did not read the page: it ${problem}. Write the title.`,
        earlier ? `It was in issue #${earlier.issue} already: ${earlier.file}:${earlier.line}` : '',
      ]
        .filter(Boolean)
        .join('\n');
    },
  };
}
