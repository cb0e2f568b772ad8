import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Footnotes } from '../../src/render/plain.js';
import { columns, indent, wrap } from '../../src/render/wrap.js';
import { asText } from './texts.js';

const text = (source: string) => asText(source).text;
const WORDS = 'lorem ipsum dolor sit amet '.repeat(12).trim();

describe('plain text', () => {
  it.each([
    ['emphasis', 'a *b* **c** `d`', 'a _b_ *c* `d`'],
    ['what is struck out', 'costs ~~$50~~ $30, ~~not **now**~~', 'costs ~~$50~~ $30, ~~not *now*~~'],
    ['a picture without a description', 'a ![](sea.png) b', 'a [Image] b'],
    ['a picture that is a link', '[![the sea](sea.png)](https://a.example)', '[Image: the sea] [1]'],
    ['a list from another number', '0. a\n1. b', '0. a\n1. b'],
    ['code with a backtick', '``a`b``', '`a`b`'],
    ['a heading', '## Title\n\ntext', 'Title\n-----\n\ntext'],
    ['a heading below one', '# A\n\n## Title 🎉', 'A\n-\n\nTitle 🎉\n........'],
    ['one line of several', 'a\nb\nc', 'a b c'],
    ['a line break that is meant', 'a  \nb', 'a\nb'],
    ['a list', '- a\n- b', '* a\n* b'],
    ['a numbered list', '3. a\n4. b', '3. a\n4. b'],
    ['a list within a list', '- a\n  - b\n    1. d\n    2. e\n- c', '* a\n  * b\n    1. d\n    2. e\n* c'],
    ['a list within one of paragraphs', '- a\n\n  - b\n\n- c', '* a\n\n  * b\n* c'],
    ['code in a list', '- a\n  ```\n  b\n  ```', '* a\n      b'],
    ['paragraphs in a list', '- a\n\n  b\n- c', '* a\n\n  b\n* c'],
    ['a quotation', '> a\n>\n> b', '> a\n>\n> b'],
    ['a quotation within one', '> a\n> > b', '> a\n>\n> > b'],
    ['code', 'a\n\n```js\nif (x) {\n  y\n}\n```', 'a\n\n    if (x) {\n      y\n    }'],
    ['a rule', 'a\n\n---\n\nb', 'a\n\n* * *\n\nb'],
    ['a table', '| a | bb |\n|---|---|\n| 東京 | d |', 'a    | bb\n-----+---\n東京 | d'],
    ['a picture', 'a ![the sea](sea.png) b', 'a [Image: the sea] b'],
    ['what HTML would escape', '<b> & "c" &amp; &copy;', '<b> & "c" & ©'],
    ['an empty item of a list', '-\n- a', '*\n* a'],
  ])('formats %s', (_, source, expected) => {
    expect(text(source)).toBe(expected);
  });

  it('fills merge fields in alt text', () => {
    expect(text('![a photo of {{name}}](a.png)')).toBe('[Image: a photo of [name]]');
  });
});

describe('a plain text table', () => {
  it('has aligned columns, however wide a cell is', () => {
    const table = `| Queue | What it does |\n|---|---|\n| SQS | ${WORDS.slice(0, 100)} |\n| Kinesis | little |`;
    expect(text(table)).toBe(
      [
        'Queue   | What it does',
        '--------+---------------------------------------------------------------',
        'SQS     | lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem',
        '        | ipsum dolor sit amet lorem ipsum dolor s',
        'Kinesis | little',
      ].join('\n'),
    );
  });

  it('distributes its width among its columns and fits in a list', () => {
    const cells = (count: number) => `|${` ${WORDS.slice(0, 60)} |`.repeat(count)}`;
    const lines = text(`- x\n\n  ${cells(3)}\n  |---|---|---|\n  ${cells(3)}`).split('\n');
    expect(lines.length).toBeGreaterThan(6);
    expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(72);
  });

  it('can have empty and missing cells, and links', () => {
    expect(asText('| a | b |\n|---|---|\n| [c](https://c.example) | |\n| d |')).toMatchObject({
      text: 'a     | b\n------+--\nc [1] |\nd     |',
      notes: '[1] https://c.example',
    });
  });
});

describe('plain text links', () => {
  it('are numbered, the same link once', () => {
    expect(asText('[a](https://a.example) [b](https://b.example) [c](https://a.example)')).toMatchObject({
      text: 'a [1] b [2] c [1]',
      notes: '[1] https://a.example\n[2] https://b.example',
    });
  });

  it.each(['https://a.example/x', '<https://a.example/x>', '[https://a.example/x](https://a.example/x)'])(
    'stay in the text if the text is the URL: %s',
    (source) => {
      expect(asText(source)).toMatchObject({ text: 'https://a.example/x', notes: '' });
    },
  );

  it('to a mailbox show the address', () => {
    expect(asText('write to <jane@x.example>').text).toBe('write to jane@x.example');
  });

  it('continue counting in the next section', () => {
    const notes = new Footnotes(4);
    expect([notes.add('https://a.example'), notes.add('https://b.example'), notes.next]).toEqual([4, 5, 6]);
    expect(String(notes)).toBe('[4] https://a.example\n[5] https://b.example');
    expect(String(new Footnotes(1))).toBe('');
  });
});

describe('a numbered link', () => {
  it('has its number on the line of its last word', () => {
    const lines = text(`${'a'.repeat(62)} [one two](https://x.example)`).split('\n');
    expect(lines).toEqual([`${'a'.repeat(62)} one`, 'two [1]']);
  });
});

describe('plain text lines', () => {
  it.each([
    ['a paragraph', WORDS, ''],
    ['a list', `- ${WORDS}`, '  '],
    ['a numbered list', `10. ${WORDS}`, '    '],
    ['a quotation', `> ${WORDS}`, '> '],
    ['a list in a quotation', `> - ${WORDS}`, '>   '],
  ])('of %s have at most 72 letters', (_, source, prefix) => {
    const lines = text(source).split('\n');
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(72);
    for (const line of lines.slice(1)) expect(line.startsWith(prefix)).toBe(true);
    expect(lines.slice(0, -1).every((line) => line.length > 60)).toBe(true);
  });

  it('of code are unchanged', () => {
    const code = 'x'.repeat(200);
    expect(text(`\`\`\`\n${code}\n\`\`\``)).toBe(`    ${code}`);
  });

  it('contain a longer word alone', () => {
    const word = `https://x.example/${'a'.repeat(100)}`;
    expect(text(`see ${word} there`)).toBe(`see\n${word}\nthere`);
  });
});

describe('wrapping', () => {
  const words = fc.array(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((word) => word.replace(/\s/g, 'x')),
  );

  it('does not split words between spaces', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zäöüßéñ가-힣а-я.,!?()-]{1,30}$/)), (all) => {
        expect(wrap(all.join(' '), 20).split(/[\n ]/).filter(Boolean)).toEqual(all);
      }),
    );
  });

  it('keeps every word in order on short lines', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 10, max: 80 }), (all, width) => {
        const wrapped = wrap(all.join(' '), width);
        expect(wrapped.replace(/[\n ]/g, '')).toBe(all.join(''));
        for (const line of wrapped.split('\n')) {
          expect(columns(line) <= width || !line.includes(' ')).toBe(true);
        }
      }),
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(words, (all) => {
        const once = wrap(all.join(' '));
        expect(wrap(once)).toBe(once);
      }),
    );
  });

  it('keeps existing line breaks', () => {
    expect(wrap('a\n\nb c', 3)).toBe('a\n\nb c');
  });

  it.each([
    ['日本語の文章は空白なしで書かれる。', '日本語の文\n章は空白な\nしで書かれ\nる。'],
    ['彼は「はい」と、言った。', '彼は「は\nい」と、\n言った。'],
    ['我们用 AWS Lambda 吗？', '我们用 AWS\nLambda\n吗？'],
    ['見て(https://a.example/b-c)下さい', '見て\n(https://a.example/b-c)\n下さい'],
    ['ภาษาไทยไม่มีช่องว่างระหว่างคำ', 'ภาษาไทยไม่มี\nช่องว่าง\nระหว่างคำ'],
    ['ทำงาน (เร็วๆ) ทุกวันๆ', 'ทำงาน\n(เร็วๆ) ทุก\nวันๆ'],
    ['ສະບາຍດີຊາວໂລກ', 'ສະບາຍດີ\nຊາວໂລກ'],
    ['សួស្តីពិភពលោកសួស្តីពិភពលោក', 'សួស្តីពិភពលោកសួស្តី\nពិភពលោក'],
    ['မင်္ဂလာပါကမ္ဘာလောက', 'မင်္ဂလာပါကမ္ဘာ\nလောက'],
    ['서버리스는 서버가', '서버리스는\n서버가'],
  ])('breaks %s where its script allows it', (text, wrapped) => {
    expect(wrap(text, 10)).toBe(wrapped);
    for (const line of wrapped.split('\n'))
      if (!line.includes('https')) expect(columns(line)).toBeLessThanOrEqual(10);
  });
});

describe('the columns of a text', () => {
  it.each([
    ['Kraków', 6],
    ['Krako\u0301w', 6],
    ['⭐️', 2],
    ['💔', 2],
    ['👩‍💻', 2],
    ['🇮🇸', 2],
    ['東京', 4],
    ['1 – 2', 5],
  ])('of %s are %d', (text, width) => {
    expect(columns(text)).toBe(width);
  });

  it('count emoji with their displayed width', () => {
    expect(wrap('💔💔💔 💔', 8)).toBe('💔💔💔\n💔');
  });
});

describe('indenting', () => {
  it('uses a separate prefix for the first line', () => {
    expect(indent('a\nb\n\nc', '  ', '* ')).toBe('* a\n  b\n\n  c');
    expect(indent('a\n\nb', '> ')).toBe('> a\n>\n> b');
  });
});
