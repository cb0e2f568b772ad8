import type { Token } from 'markdown-it';
import { linePieces } from '../segments.js';
import { columns, largest } from '../wrap.js';

/**
 * Headings of a text begin at the level below that of its section, however they are written.
 * @param level of the highest ones
 */
export function markHeadings(tokens: readonly Token[], level: 2 | 3 = 3): void {
  const headings = tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close');
  const highest = headings.map(({ tag }) => tag).sort()[0];
  for (const token of headings) token.tag = token.tag === highest ? `h${level}` : `h${level + 1}`;
}

/** So many letters are as wide as the column of a phone, and as that of a narrow mail; what is between cells counts. */
const PHONE = 30;
const MAIL = 50;
const BETWEEN = 2;

/**
 * A layout is made of tables, too, so a table of the author and its cells say that they are his. Where its words are
 * too wide to stand beside each other, on a phone or anywhere, it says so: its columns are as wide as each other then.
 */
export function markTables(tokens: readonly Token[]): void {
  let table: { readonly token: Token; readonly start: number } | undefined;
  for (const [index, token] of tokens.entries()) {
    if (/^t[hd]_open$/.test(token.type)) token.attrJoin('class', 'cell');
    if (token.type === 'table_open') table = { token, start: index };
    if (token.type !== 'table_close' || !table) continue;
    const width = widthOf(tokens.slice(table.start, index));
    table.token.attrJoin('class', width > MAIL ? 'grid long' : width > PHONE ? 'grid wide' : 'grid');
  }
}

/** How many letters the longest words of all columns have together. */
function widthOf(tokens: readonly Token[]): number {
  const longest: number[] = [];
  let column = 0;
  for (const { type, children } of tokens) {
    if (type === 'tr_open') column = 0;
    if (type !== 'inline') continue;
    const words = (children ?? [])
      .map(({ content }) => content)
      .join('')
      .split(/\s+/)
      .flatMap(linePieces);
    longest[column] = largest(words.map(columns), longest[column]);
    column += 1;
  }
  return longest.reduce((sum, one) => sum + one + BETWEEN, 0);
}
