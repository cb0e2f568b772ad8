import { type Broken, type Cause, type Explanation, nearLines } from './cause.js';
import { entryOf, indentOf, withValue } from './entry.js';

/** Characters that look like a space, or are invisible, and are not a space in YAML. */
const ODD_SPACE = '[\\u00a0\\u00ad\\u1680\\u180e\\u2000-\\u200f\\u202f\\u205f\\u2060\\u3000\\ufeff]';
const ODD_START = new RegExp(`^([ \\t]*(?:- *)*)${ODD_SPACE}`);
const ODD_GAP = new RegExp(`^(\\s*(?:- +)*[\\w-]+ *:)${ODD_SPACE}`);
const ODD_KEY = new RegExp(`^(\\s*(?:- +)*[\\w-]*)${ODD_SPACE}[\\w-]* *:(?:\\s|$)`);
export const ODD_SPACES = new RegExp(ODD_SPACE, 'g');
const ODD = new RegExp(ODD_SPACE);
const SPACES: Readonly<Record<string, string>> = {
  '\u00a0': 'a no-break space',
  '\u202f': 'a narrow no-break space',
  '\u3000': 'an ideographic space',
};
const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u2060\ufeff]/;

export function hasOddSpace(text: string): boolean {
  return ODD.test(text);
}

/** Explains an odd space in the indentation of a line, in its key, or after the colon. */
export function explainOddSpace(line: string): Omit<Explanation, 'line'> | undefined {
  const match = ODD_START.exec(line) ?? ODD_GAP.exec(line) ?? ODD_KEY.exec(line);
  if (!match) return undefined;
  const column = match[1]?.length ?? 0;
  const sign = line.charCodeAt(column).toString(16).toUpperCase().padStart(4, '0');
  const end = Math.max(match[0].length, /^[^:]*:?\s*/.exec(line)?.[0].length ?? 0);
  const spaced =
    line.slice(0, end).replace(ODD_SPACES, (odd) => (INVISIBLE.test(odd) ? '' : ' ')) + line.slice(end);
  const name = INVISIBLE.test(line[column] ?? '')
    ? 'an invisible character'
    : (SPACES[line[column] ?? ''] ?? 'a special space');
  return {
    column,
    message: `this is ${name} (U+${sign}), which YAML does not accept here`,
    hint: 'delete it and type a space instead',
    corrections: [spaced, spaced.replace(/:(?=\S)/, ': ')],
  };
}

export const oddSpace: Cause = {
  name: 'odd-space',
  examples: [
    ['title:\u00a0One', 'title: One'],
    ['\u00a0title: One', 'title: One'],
    ['tit\u200ble: One', 'title: One'],
    ['subject: |\n\u00a0\u00a0One', '  One'],
    ['tags:\n-\u00a0One', '- One'],
  ],
  explain({ lines, line, isText }) {
    for (let at = Math.max(0, line - 1); at <= line; at++) {
      const found = isText(at) ? undefined : explainOddSpace(lines[at] ?? '');
      if (found) {
        const corrections = [...found.corrections, ...found.corrections.map((text) => text.trimStart())];
        return { ...found, corrections, line: at };
      }
    }
    return undefined;
  },
};

export const tab: Cause = {
  name: 'tab',
  examples: [
    ['subject: |\n\tOne', '  One'],
    ['tags:\n\t- One', '  - One'],
    ['\tsubject: One', 'subject: One'],
  ],
  explain(broken) {
    const { lines, line } = broken;
    const text = lines[line] ?? '';
    const indent = indentOf(text);
    if (!indent.includes('\t')) return undefined;
    const rest = text.slice(indent.length);
    const before = indentBefore(broken);
    const spaces = [indent.replaceAll('\t', '  '), indent.replaceAll('\t', '    '), before, `${before}  `];
    return {
      line,
      column: indent.indexOf('\t'),
      message: 'this is a tab, and YAML accepts only spaces here',
      hint: 'indent the line with spaces',
      corrections: spaces.map((one) => one + rest),
    };
  },
};

export const noSpace: Cause = {
  name: 'no-space',
  examples: [['title:One', 'title: One']],
  explain(broken) {
    for (const line of nearLines(broken)) {
      const text = broken.lines[line] ?? '';
      const head = /^\s*(?:- +)*[a-z_]+:(?=[^\s:/])/.exec(text)?.[0];
      if (head === undefined) continue;
      const corrections = [`${head} ${text.slice(head.length)}`];
      const message = 'a key needs a space after its colon';
      return { line, column: head.length, message, hint: 'add a space after the colon', corrections };
    }
    return undefined;
  },
};

/** Text on the lines below a key is read as written only after `|`. */
export const block: Cause = {
  name: 'block',
  examples: [
    ['body:\n  Hello there.\n  Note: this is it.', 'body: |'],
    ['body:\n  Note: this is it.\n  And more.', 'body: |'],
    ['body: Hello there.\n  Note: this is it.', 'body: |\n  Hello there.'],
    ['body: Best of #AWS\n  and more', 'body: |\n  Best of #AWS'],
  ],
  explain(broken) {
    const { lines, isText } = broken;
    for (let line = broken.line; line >= 0; line--) {
      const text = lines[line] ?? '';
      const entry = entryOf(text);
      const below = lines[line + 1] ?? '';
      if (!entry?.key || isText(line) || indentOf(below).length <= indentOf(text).length) continue;
      if (/^[|>"'[{&*!]/.test(entry.value)) return undefined;
      // A key with too much indentation is more likely than text that looks like a key.
      if (entry.value !== '' && /^\s*[a-z_]+:(?:\s|$)/.test(below)) return undefined;
      const first = entry.value === '' ? '' : `\n${indentOf(below)}${entry.value}`;
      return {
        line,
        column: entry.head.trimEnd().length,
        message: `the text of "${entry.key}" has several lines, but no | after the key`,
        hint: 'put | after the key, and indent every line of the text below it equally',
        corrections: [withValue(entry, `|${first}`)],
      };
    }
    return undefined;
  },
};

/** A line with another indentation than the lines that it belongs to. */
export const dedent: Cause = {
  name: 'dedent',
  examples: [
    ['body: |\n  One\nTwo', '  Two'],
    ['body: |\n    One\n  Two', '    Two'],
    ['subject: One\n  body: Two', 'body: Two'],
    ['tags:\n  - One\n - Two', '  - Two'],
    ['body: |\nOne', '  One'],
  ],
  explain({ lines, line: refused }) {
    // The parser reads a line with too much indentation as part of the line above it.
    const below = indentOf(lines[refused + 1] ?? '').length > indentOf(lines[refused] ?? '').length;
    const items = itemIndents(lines, refused);
    const isItem = /^\s*- /.test(lines[refused] ?? '') && !items.includes(indentOf(lines[refused] ?? ''));
    const line = below && !isItem && entryOf(lines[refused] ?? '')?.value ? refused + 1 : refused;
    const text = lines[line]?.trimStart() ?? '';
    // A new document begins here, unless it is a rule in a text.
    if (/^---\s*$/.test(text) && /^[a-z_]+:/.test(lines[line + 1] ?? '')) return undefined;
    const before = indentBefore({ lines, line });
    const first = opensBlock(lines, line) ? `${before}  ` : before;
    const indents = new Set([...(isItem ? items : [first]), ...indentsBefore(lines, line)]);
    return {
      line,
      column: indentOf(lines[line] ?? '').length,
      message: 'this line is not indented like the lines around it',
      hint: 'indent the line with the same number of spaces',
      corrections: text === '' ? [] : [...indents].map((indent) => indent + text),
    };
  },
};

/** Whether the line above has `|`, so that a text begins here. */
function opensBlock(lines: readonly string[], line: number): boolean {
  return /[:-]\s+[|>][+-]?\s*$/.test(lines[line - 1] ?? '');
}

/** The indentations of the items above, the nearest first. */
function itemIndents(lines: readonly string[], line: number): string[] {
  return indentsBefore(
    lines.filter((one) => /^\s*- /.test(one)),
    lines.slice(0, line).filter((one) => /^\s*- /.test(one)).length,
  );
}

function indentBefore({ lines, line }: Pick<Broken, 'lines' | 'line'>): string {
  for (let at = line - 1; at >= 0; at--) if (lines[at]?.trim()) return indentOf(lines[at] ?? '');
  return '';
}

/** The indentations above a line, the nearest first; lines further up belong to other sections. */
function indentsBefore(lines: readonly string[], line: number): string[] {
  const near = lines.slice(Math.max(0, line - 20), line).reverse();
  return [...new Set(near.filter((one) => one.trim() !== '').map(indentOf))].slice(0, 4);
}
