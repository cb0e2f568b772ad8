/** Characters of one Markdown text with the snippets that it includes. An email of half that size is cut off by Gmail. */
export const MAX_TEXT = 200_000;

/** Characters of all Markdown texts of an issue, snippets included, which is what its file may have. */
export const MAX_ISSUE = 1_000_000;

/** Lists and quotations within each other; the parser drops what is nested deeper. */
export const MAX_NESTING = 100;

/** How limits are written in messages. */
export const grouped = (count: number): string => count.toLocaleString('en-US');
