import type { Token } from 'markdown-it';
import { linePieces } from '../segments.js';
import { columns, largest } from '../wrap.js';

/**
 * Shifts headings to begin one level below the heading of the section, whatever level was written.
 * @param level level of the highest heading
 */
export function markHeadings(tokens: readonly Token[], level: 2 | 3 = 3): void {
  const headings = tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close');
  const highest = headings.map(({ tag }) => tag).sort()[0];
  for (const token of headings) token.tag = token.tag === highest ? `h${level}` : `h${level + 1}`;
}

/** Approximate width in letters of a phone column and of a narrow email, including gaps between cells. */
const PHONE = 30;
const MAIL = 50;
const BETWEEN = 2;

/**
 * Adds classes to the author's tables and cells, because layouts use tables, too. Tables whose longest words
 * do not fit side by side, on a phone or at all, get a class that makes their columns equally wide.
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

/** Total length of the longest words of all columns. */
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
