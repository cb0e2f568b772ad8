import type { Cause } from './cause.js';
import { block, dedent, noSpace, oddSpace, tab } from './indentation.js';
import { backslash, bracket, colon, hash, innerQuotes, mark, openQuote } from './quoting.js';

/**
 * Why the parser may have refused a text. The first whose correction makes the text readable is told, so what is certain
 * comes before what is only likely. A new cause is a record and a line here.
 */
export const causes: readonly Cause[] = [
  oddSpace,
  tab,
  innerQuotes,
  backslash,
  mark,
  bracket,
  hash,
  colon,
  noSpace,
  openQuote,
  block,
  dedent,
];
