import { type Broken, type Cause, type Explanation, nearLines } from './cause.js';
import { entryOf, indentOf } from './entry.js';

/** Makes a cause that replaces the beginning of a line. */
function atBeginning(
  name: string,
  examples: Cause['examples'],
  pattern: RegExp,
  { message, hint, by }: { message: string; hint: string; by: (match: RegExpExecArray) => readonly string[] },
): Cause {
  const explain = ({ lines, ...broken }: Broken): Explanation | undefined => {
    for (const line of nearLines({ lines, ...broken })) {
      const text = lines[line] ?? '';
      const match = pattern.exec(text);
      if (!match) continue;
      const corrections = by(match).map((start) => start + text.slice(match[0].length));
      return { line, column: (match[1] ?? '').length, message, hint, corrections };
    }
    return undefined;
  };
  return { name, examples, explain };
}

export const separator = atBeginning(
  'separator',
  [
    ['title = One', 'title: One'],
    ['title： One', 'title: One'],
  ],
  /^(\s*(?:- +)*[a-z_]+) *[=：] */,
  {
    message: 'a colon and a space must follow the key',
    hint: 'write a colon there',
    by: ([, key]) => [`${key}: `],
  },
);

export const listSign = atBeginning(
  'list-sign',
  [
    ['tags:\n  – name: One\n    url: x', '  - name: One'],
    ['tags:\n  • name: One\n    url: x', '  - name: One'],
    ['tags:\n  -name: One\n    url: x', '  - name: One'],
  ],
  /^(\s*)(?:[–—•·*][ \t\u00a0]*|-)(?=[a-z_]+:(?:\s|$))/,
  {
    message: 'an item of a list begins with a hyphen and a space',
    hint: 'begin the line with "- "',
    by: ([, indent]) => [`${indent}- `],
  },
);

export const sectionDash = atBeginning(
  'section-dash',
  [['tags:\n  - type: One\n    url: x\n  type: Two', '  - type: Two']],
  /^(\s*)(?=type:\s)/,
  {
    message: 'a section begins here without "- "',
    hint: 'put "- " before the first key of each section',
    by: ([, indent = '']) => [`${indent}- `, `${indent.slice(2)}- `],
  },
);

export const conflict: Cause = {
  name: 'conflict',
  examples: [['=======', '']],
  explain({ lines, line }) {
    if (!/^={7}\s*$/.test(lines[line] ?? '')) return undefined;
    const message = 'unresolved git merge conflict';
    const hint = 'keep one of the two versions, and delete this line';
    return { line, column: 0, message, hint, corrections: [''] };
  },
};

/** Text behind `|`, which must begin on the next line. */
export const blockHeader: Cause = {
  name: 'block-header',
  examples: [['body: | Hello there.\n  This is it.', 'body: |\n  Hello there.']],
  explain({ lines, line: refused, isText }) {
    for (const line of [refused, refused - 1]) {
      const text = lines[line] ?? '';
      const below = indentOf(lines[line + 1] ?? '');
      const words = /^[|>][ \t]+(?=[^\s#])(.*)$/.exec(entryOf(text)?.value ?? '')?.[1];
      if (words === undefined || isText(line) || below.length <= indentOf(text).length) continue;
      const head = text.slice(0, text.lastIndexOf(words)).trimEnd();
      const message = 'the text must begin on the line below |';
      const hint = 'put nothing behind |, and indent every line of the text equally';
      return { line, column: head.length - 1, message, hint, corrections: [`${head}\n${below}${words}`] };
    }
    return undefined;
  },
};
