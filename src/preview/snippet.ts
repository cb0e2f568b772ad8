import { Parser } from 'htmlparser2';
import { lettersOf } from '../render/segments.js';

/** Longer than any mail program shows. */
const MAX = 200;
const UNSEEN = new Set(['head', 'style', 'script', 'title']);
/** Inline tags. Other tags separate words. */
const INLINE = new Set(['a', 'abbr', 'b', 'code', 'em', 'i', 'small', 'span', 'strong']);
/** Padding after the preheader, which keeps other text out of the preview text. */
const PADDING = /(?:\s|\u034f|\u200b|\u200c|\ufeff){12,}/;

/** Preview text next to the subject: the first text of the HTML, up to the padding. */
export function snippetOf(html: string): string {
  let text = '';
  let unseen = 0;
  const parser = new Parser({
    onopentag: (name) => {
      if (UNSEEN.has(name)) unseen += 1;
      if (!INLINE.has(name)) text += ' ';
    },
    onclosetag: (name) => {
      if (UNSEEN.has(name)) unseen -= 1;
    },
    ontext: (piece) => {
      if (unseen === 0 && text.length < 10 * MAX) text += piece;
    },
  });
  parser.end(html);
  const [seen = ''] = text.trimStart().split(PADDING);
  const shown = seen
    .replace(/\u034f|\u200b|\u200c|\ufeff/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return lettersOf(shown).slice(0, MAX).join('');
}
