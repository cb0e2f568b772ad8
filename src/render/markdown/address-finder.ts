import createMarkdownIt from 'markdown-it';
import { trimAddress } from '../../text/address.js';

/**
 * Finds addresses that stand in a text without being links. Where there may be one, every piece is looked at: the
 * library would read the addresses of all links of a block first, which takes longer, to know whether it has to.
 */
export function createAddressFinder(): ReturnType<typeof createMarkdownIt>['linkify'] {
  const finder = createMarkdownIt().linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  const match = finder.match.bind(finder);
  const matchAtStart = finder.matchAtStart.bind(finder);
  finder.test = (text) => /\/\/|mailto:/i.test(text);
  finder.match = (text) => (match(text) ?? []).map(withoutEnd);
  finder.matchAtStart = (text) => {
    const found = matchAtStart(text);
    return found && withoutEnd(found);
  };
  return finder;
}

/** Invisible characters behind an address, such as a mark of direction, belong to the text that follows. */
function withoutEnd<Found extends { lastIndex: number; raw: string; text: string; url: string }>(
  found: Found,
): Found {
  const more = found.raw.length - trimAddress(found.raw).length;
  if (more === 0) return found;
  const cut = (text: string) => text.slice(0, -more);
  const { raw, text, url, lastIndex } = found;
  return { ...found, raw: cut(raw), text: cut(text), url: cut(url), lastIndex: lastIndex - more };
}
