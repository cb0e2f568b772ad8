import type { Cause } from './cause.js';
import { block, dedent, noSpace, oddSpace, tab } from './indentation.js';
import { backslash, bracket, colon, hash, innerQuotes, mark, openQuote } from './quoting.js';

/**
 * Why the parser may have rejected a text. The first cause whose correction makes the text valid is reported, so
 * certain causes come before likely ones. To add a cause, add a record and a line here.
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
