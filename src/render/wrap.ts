/** Columns of the plain text; RFC 5322 section 2.1.1 recommends lines of at most 78 characters. */
export const TEXT_WIDTH = 72;

/** Breaks a paragraph into lines of at most `width` characters; a word longer than that has a line to itself. */
export function wrap(text: string, width = TEXT_WIDTH): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (line !== '' && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

function columns(text: string): number {
  return [...text].length;
}

/** Puts `prefix` before every line that is not empty, and `first` before the first one. */
export function indent(text: string, prefix: string, first = prefix): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? first : prefix}${line}`.trimEnd())
    .join('\n');
}
