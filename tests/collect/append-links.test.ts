import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Addition, appendToInbox, appendToIssue } from '../../src/collect/append-links.js';
import { itemInBraces, itemLines, type LinkItem } from '../../src/collect/link.js';

const HEAD = `# Keep me
number:   7
title: 'Odd   formatting'   # and me
date: 2026-01-01
`;
const NEW = { title: 'New: "one"', url: 'https://new.example/' };
const OPTIONS = {
  newHeading: 'Worth reading',
  sample: [{ title: 'Sample', url: 'https://sample.example/' }],
};

function adding(...items: readonly LinkItem[]): Addition {
  const entries = items.map((item) => ({
    lines: itemLines({ item, comments: [] }),
    inBraces: itemInBraces(item),
  }));
  return { values: items, entries };
}

const append = (raw: string, section?: string, items: readonly LinkItem[] = [NEW]) =>
  appendToIssue('issue.yaml', raw, adding(...items), { ...OPTIONS, section });

/** What was inserted; fails if anything else changed. */
function inserted(raw: string, text: string): string {
  let start = 0;
  while (start < raw.length && raw[start] === text[start]) start += 1;
  const rest = raw.length - start;
  const end = text.length - rest;
  expect(text.slice(0, start) + text.slice(end)).toBe(raw);
  return text.slice(start, end);
}

describe('a link in an issue', () => {
  it.each([
    [
      'items with comments, a block of text and blank lines',
      `sections:
  - type: links
    heading: Read   # heading
    items:
        - title: a # one

        - title: b
          url: "https://b.example"
          note: |
            Text

            # not a comment


        # - title: put aside
  - {type: signoff, closing: Bye, name: Jane}
`,
    ],
    [
      'items that are not indented, and a comment that belongs to the last one',
      `sections:
- type: links
  heading: Read
  items:
  - title: a
    url: https://a.example
    # author: later
# the end
`,
    ],
    [
      'a list in brackets',
      'sections: [{type: links, heading: Read, items: [{title: a, url: "https://a.example"}, ]}]\n',
    ],
    [
      'a file that ends without a line feed',
      'sections:\n- type: links\n  heading: Read\n  items:\n  - url: https://a.example\n    title: a',
    ],
    [
      'a text that keeps its line feeds',
      'sections:\n- type: links\n  heading: Read\n  items:\n  - url: https://a.example\n    title: a\n    note: |+\n      b\n\n\n- type: divider\n',
    ],
    [
      'a quoted text of several lines',
      'sections:\n- type: links\n  heading: Read\n  items:\n  - url: https://a.example\n    title: "a\n     b" # c\n- type: divider\n',
    ],
  ])('goes behind %s, and changes nothing else', (_, sections) => {
    const raw =
      HEAD + sections.replace('- title: a # one\n', '- title: a # one\n          url: https://a.example\n');
    const { text, lines } = append(raw);
    inserted(raw, text);
    const before = parse(raw).sections[0].items;
    expect(parse(text).sections[0].items).toEqual([...before, NEW]);
    expect(text.split('\n')[(lines[0] ?? 0) - 1]).toContain('title: \'New: "one"\'');
  });

  it('has the blank line that is between the others', () => {
    const raw = `${HEAD}sections:\n- type: links\n  heading: R\n  items:\n  - title: a\n    url: https://a.example\n\n  - title: b\n    url: https://b.example\n`;
    expect(inserted(raw, append(raw).text)).toBe(
      '\n  - title: \'New: "one"\'\n    url: https://new.example/\n',
    );
  });

  it('keeps Windows line endings and a byte order mark', () => {
    const raw = `\ufeff${HEAD}sections:\n- type: links\n  heading: R\n  items:\n  - title: a\n    url: https://a.example\n- type: divider\n`;
    const windows = raw.replaceAll('\n', '\r\n');
    const { text } = append(windows);
    expect(inserted(windows, text)).toBe('  - title: \'New: "one"\'\r\n    url: https://new.example/\r\n');
  });

  it('replaces the sample that obn new writes, and nothing else', () => {
    const raw = `${HEAD}sections:\n  - type: links\n    heading: R\n    items:\n      - title: Sample # optional\n        url: https://sample.example/\n\n  - type: divider\n`;
    expect(append(raw).text).toBe(
      `${HEAD}sections:\n  - type: links\n    heading: R\n    items:\n      - title: 'New: "one"'\n        url: https://new.example/\n\n  - type: divider\n`,
    );
  });

  const without = `${HEAD}sections:
  - type: intro
    body: |
      Hi

  - type: signoff
    closing: Bye
    name: Jane
`;

  it('gets a section before the closing if there is none', () => {
    const { text, lines } = append(without);
    expect(inserted(without, text)).toContain('- type: links\n    heading: Worth reading\n    items:\n');
    expect(parse(text).sections.map(({ type }: { type: string }) => type)).toEqual([
      'intro',
      'links',
      'signoff',
    ]);
    expect(lines).toEqual([12]);
  });

  it('goes into the section with the heading, whatever its case, or into a new one', () => {
    const links = (heading: string) =>
      `  - type: links\n    heading: ${heading}\n    items:\n      - { title: a, url: "https://a.example" }\n`;
    const raw = `${HEAD}sections:\n${links('One')}${links('Two')}`;
    const headings = (text: string) =>
      parse(text).sections.map(({ heading, items }: { heading: string; items: [] }) => [
        heading,
        items.length,
      ]);
    expect(headings(append(raw, 'two').text)).toEqual([
      ['One', 1],
      ['Two', 2],
    ]);
    expect(headings(append(raw, 'A: "third" #').text)).toEqual([
      ['One', 1],
      ['Two', 1],
      ['A: "third" #', 1],
    ]);
  });

  it('is read back as it was, whatever is in its title', () => {
    const titles = [
      '- a',
      '? b',
      '# c',
      '&d',
      '*e',
      '!f',
      '|',
      '>',
      '%g',
      '@h',
      '`i',
      'no',
      '1.10',
      '~',
      '---',
      '{a}',
      '[b]',
    ];
    const items = [
      ...titles,
      "it's",
      '"q"',
      'a: b',
      'a #b',
      'שלום',
      '🏜️',
      '=',
      '2026-01-01',
      'x'.repeat(10_000),
    ].map((title, at) => ({ title, url: `https://a.example/${at}`, note: `${title}\n\n- ${title}` }));
    expect(parse(append(without, undefined, items).text).sections[1].items).toEqual(items);
    const flow = 'number: 1\ntitle: t\ndate: 2026-01-01\nsections: [{type: divider}]\n';
    expect(parse(append(flow, undefined, items).text).sections[1].items).toEqual(items);
  });

  it('is not added where that would change another part', () => {
    const raw = `${HEAD}sections:
  - type: links
    heading: One
    items: &same
      - { title: a, url: "https://a.example" }
  - type: links
    heading: Two
    items: *same
`;
    expect(() => append(raw)).toThrow(
      /cannot add to the links of issue.yaml without changing something else/,
    );
    expect(() => append(raw, 'Two')).toThrow(/cannot add/);
  });

  it('is not added to an issue with errors', () => {
    expect(() => append(`${HEAD}sections: [\n`)).toThrow(/issue.yaml has errors, so obn added nothing/);
  });
});

describe('a link in the inbox', () => {
  it.each([
    '',
    '# Links for later\n',
    '# no line feed',
    '- title: a # b\n  url: https://a.example\n\n# the end\n',
    '[]\n',
    '[{title: a, url: "https://a.example"}] # flow\n',
  ])('is added to %j, and changes nothing else', (raw) => {
    const { text, lines } = appendToInbox('links.yaml', raw, adding(NEW));
    inserted(raw, text);
    expect(parse(text)).toEqual([...(parse(raw) ?? []), NEW]);
    expect(text.split('\n')[(lines[0] ?? 0) - 1]).toContain('New');
  });

  it('is not added to what is not a list', () => {
    expect(() => appendToInbox('links.yaml', 'links: []\n', adding(NEW))).toThrow(/cannot add/);
  });
});
