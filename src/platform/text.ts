/** The text with line feeds instead of Windows line endings. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Conflict markers of git, except `=======`, which is a heading in Markdown. */
const CONFLICT = /^(?:<{7}|>{7})(?: .*)?$/m;

/** Number of the first line with a conflict marker, counted from 1; undefined if there is none. */
export function conflictLine(text: string): number | undefined {
  const index = CONFLICT.exec(text)?.index;
  return index === undefined ? undefined : text.slice(0, index).split('\n').length;
}

/** Error text for a conflict marker. */
export const CONFLICT_ERROR = {
  message: 'unresolved git merge conflict',
  hint: 'keep one of the two versions and delete the lines with <<<<<<<, ======= and >>>>>>>',
} as const;
