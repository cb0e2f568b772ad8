/** A text whose lines all end with a line feed, as on every system but Windows. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** The lines with which git begins and ends the two sides of a conflict; `=======` alone is a heading in Markdown. */
const CONFLICT = /^(?:<{7}|>{7})(?: .*)?$/m;

/** The first line, from 1, that git wrote to mark a merge conflict, or undefined. */
export function conflictLine(text: string): number | undefined {
  const index = CONFLICT.exec(text)?.index;
  return index === undefined ? undefined : text.slice(0, index).split('\n').length;
}

/** What an error about such a line says. */
export const CONFLICT_ERROR = {
  message: 'git left a merge conflict here',
  hint: 'keep one of the two sides and delete the lines with <<<<<<<, ======= and >>>>>>>',
} as const;
