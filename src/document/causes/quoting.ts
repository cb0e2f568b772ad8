import { type Broken, type Cause, type Explanation, nearLines } from './cause.js';
import { type Entry, entryOf, quoted, quotedPart, withValue } from './entry.js';

/** The first character of values that YAML does not read as text without quotes. */
export const MARK = /^[@*&[\]{}>|%!\-`?,]/;

/** A cause in the value of one line that other quotes correct. */
function inValue(
  name: string,
  examples: Cause['examples'],
  hint: string,
  read: (entry: Entry) => { at?: number; message: string; corrections: readonly string[] } | undefined,
  linesOf: (broken: Broken) => number[] = nearLines,
): Cause {
  const explain = (broken: Broken): Explanation | undefined => {
    for (const line of linesOf(broken)) {
      const entry = entryOf(broken.lines[line] ?? '');
      const found = entry && read(entry);
      if (!found) continue;
      const { at = 0, message } = found;
      const corrections = found.corrections.map((value) => withValue(entry, value));
      return { line, column: entry.head.length + at, message, hint, corrections };
    }
    return undefined;
  };
  return { name, examples, explain };
}

/** All lines up to the error: an unclosed quote may include any number of them. */
function linesBefore({ lines, line, isText }: Broken): number[] {
  return [...lines.keys()]
    .slice(0, line + 1)
    .filter((index) => entryOf(lines[index] ?? '') && !isText(index));
}

export const colon = inValue(
  'colon',
  [
    ['title: Lambda: the good parts', 'title: "Lambda: the good parts"'],
    ['title: What comes next:', 'title: "What comes next:"'],
    ['title: The "new" way: queues', `title: 'The "new" way: queues'`],
    [`title: It's "new": queues`, `title: 'It''s "new": queues'`],
  ],
  'put the text in quotes',
  ({ value }) => {
    const at = value.search(/:(?:\s|$)/);
    if (at < 0 || MARK.test(value) || /^["'#]/.test(value)) return undefined;
    return { at, message: 'text with a colon and a space needs quotes', corrections: [quoted(value)] };
  },
);

export const mark = inValue(
  'mark',
  [
    ['title: @home with Lambda', 'title: "@home with Lambda"'],
    ['title: `code` in a title', 'title: "`code` in a title"'],
    ['title: *Star* of the week', 'title: "*Star* of the week"'],
    ['title: & now', 'title: "& now"'],
    ['title: [WIP] Lambda', 'title: "[WIP] Lambda"'],
    ['title: {{newsletter.name}} news', 'title: "{{newsletter.name}} news"'],
    ['title: {{> tip}}', 'title: "{{> tip}}"'],
    ['title: > 50% less', 'title: "> 50% less"'],
    ['title: | or pipe', 'title: "| or pipe"'],
    ['title: % of readers', 'title: "% of readers"'],
    ['title: !important news', 'title: "!important news"'],
    ['title: - a dash', 'title: "- a dash"'],
    ['title: ? why', 'title: "? why"'],
    ['title: ] x', 'title: "] x"'],
    ['title: , x', 'title: ", x"'],
  ],
  'put the text in quotes',
  ({ value }) => {
    // Text is meant to follow on the lines below.
    if (!MARK.test(value) || /^[|>][+-]?$/.test(value)) return undefined;
    return { message: `text that begins with ${value[0]} needs quotes`, corrections: [quoted(value)] };
  },
);

export const innerQuotes = inValue(
  'quotes',
  [
    ['title: "Serverless" is a word', `title: '"Serverless" is a word'`],
    ['title: "say "hi" now"', `title: 'say "hi" now'`],
    ["title: 'It's here'", `title: "It's here"`],
    [`title: 'Lambda' "now"`, `title: '''Lambda'' "now"'`],
  ],
  'put the whole text in other quotes',
  ({ value }) => {
    const part = quotedPart(value);
    if (!part || /^\s*(?:#.*)?$/.test(part.rest)) return undefined;
    const quote = value[0] ?? '';
    const around = value.endsWith(quote) && value.length > 1 ? [quoted(value.slice(1, -1))] : [];
    const at = value.length - part.rest.length;
    const inner = value.slice(1, -1).split(quote).length > 2 || quote === "'";
    const corrections = inner ? [...around, quoted(value)] : [quoted(value), ...around];
    return { at, message: 'the text continues after the closing quote', corrections };
  },
);

export const openQuote = inValue(
  'open-quote',
  [
    ['title: "abc', 'title: "abc"'],
    ["title: 'abc", "title: 'abc'"],
    ['title: "abc\nsubject: "def"', 'title: "abc"'],
  ],
  'close the quote at the end of the text',
  ({ value }) => {
    if (!/^["']/.test(value) || quotedPart(value)) return undefined;
    return {
      message: 'this quote is never closed',
      corrections: [value + value[0], quoted(value)],
    };
  },
  linesBefore,
);

export const backslash = inValue(
  'backslash',
  [
    ['title: "C:\\dev"', "title: 'C:\\dev'"],
    [`title: "it's \\d"`, `title: 'it''s \\d'`],
  ],
  'use single quotes, where a backslash has no special meaning',
  ({ value }) => {
    if (!/^".*"$/.test(value) || !value.includes('\\')) return undefined;
    const message = 'a backslash in double quotes begins an escape sequence, and YAML does not have this one';
    return { at: value.indexOf('\\'), message, corrections: [quoted(value.slice(1, -1))] };
  },
);

export const hash = inValue(
  'hash',
  [['tags: [a, #b]', 'tags: "[a, #b]"']],
  'put the text in quotes',
  ({ value }) => {
    const at = value.search(/\s#/);
    if (at < 0 || /^["'#]/.test(value)) return undefined;
    return {
      at: at + 1,
      message: 'the text ends here, because " #" begins a comment',
      corrections: [quoted(value)],
    };
  },
);

export const bracket = inValue(
  'bracket',
  [['title: [a, b', 'title: "[a, b"']],
  'close it, or put the text in quotes',
  ({ value }) => {
    const close = { '[': ']', '{': '}' }[value[0] ?? ''];
    if (close === undefined || value.endsWith(close)) return undefined;
    return {
      message: `this "${value[0]}" is never closed`,
      corrections: [quoted(value), value + close],
    };
  },
);
