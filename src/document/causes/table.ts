import type { Cause } from './cause.js';
import { block, dedent, noSpace, oddSpace, tab } from './indentation.js';
import { backslash, bracket, colon, hash, innerQuotes, mark, openQuote } from './quoting.js';
import { blockHeader, conflict, listSign, sectionDash, separator } from './structure.js';

/**
 * Why the parser may have rejected a text. The first cause whose correction makes the text valid is reported, so
 * certain causes come before likely ones. To add a cause, add a record and a line here.
 */
export const causes: readonly Cause[] = [
  oddSpace,
  tab,
  conflict,
  blockHeader,
  innerQuotes,
  backslash,
  mark,
  bracket,
  hash,
  colon,
  noSpace,
  separator,
  listSign,
  sectionDash,
  openQuote,
  block,
  dedent,
];
