/** Characters of one Markdown text including snippets. Gmail clips emails of half this size. */
export const MAX_TEXT = 200_000;

/** Characters of all Markdown texts of an issue including snippets, the same as the limit of its file. */
export const MAX_ISSUE = 1_000_000;

/** Nesting depth of lists and quotations. The parser drops deeper content. */
export const MAX_NESTING = 100;

/** Number format of limits in messages. */
export const grouped = (count: number): string => count.toLocaleString('en-US');
