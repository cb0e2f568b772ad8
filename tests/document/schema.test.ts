import { describe, expect, it } from 'vitest';
import { parseIssue } from '../../src/issue/issue.js';

const HEAD = 'number: 1\ntitle: T\ndate: 2018-01-01\n';
const SECTION = 'sections:\n  - type: divider\n';

/** Every finding as `line:column rule message`. */
function findings(text: string): string[] {
  const parsed = parseIssue('i.yaml', text);
  if ('issue' in parsed) return [];
  return parsed.findings.map(({ line, column, rule, message }) => `${line}:${column} ${rule} ${message}`);
}

/** The issue with one line replaced. */
function withLine(line: number, text: string): string {
  const lines = (HEAD + SECTION).split('\n');
  lines[line - 1] = text;
  return lines.join('\n');
}

describe('an invalid value', () => {
  it.each([
    ['a text for a number', withLine(1, 'number: one'), '1:9', '"number" must be a number, but it is "one"'],
    ['a broken number', withLine(1, 'number: 1.5'), '1:9', '"number" must be a whole number, but it is 1.5'],
    ['a number too small', withLine(1, 'number: 0'), '1:9', '"number" must be at least 1'],
    ['a number too large', withLine(1, 'number: 1000000'), '1:9', '"number" must be at most 999999'],
    ['a number for a text', withLine(2, 'title: 2018'), '2:8', '"title" must be text, but it is 2018'],
    ['an empty text', withLine(2, 'title: ""'), '2:8', '"title" must not be empty'],
    ['nothing for a text', withLine(2, 'title:'), '2:7', '"title" must be text, but it is empty'],
    ['two lines for one', withLine(2, 'title: "a\\nb"'), '2:8', '"title" must be one line'],
    ['a list for a text', withLine(2, 'title: [a]'), '2:8', '"title" must be text, but it is a list'],
    ['a mapping for a text', withLine(2, 'title: {}'), '2:8', '"title" must be text, but it is a mapping'],
    [
      'a day without zeros',
      withLine(3, 'date: 2018-9-18'),
      '3:7',
      '"date" must be a date, YYYY-MM-DD, such as 2026-12-01',
    ],
    [
      'a day that does not exist',
      withLine(3, 'date: 2018-02-30'),
      '3:7',
      '"date" must be a date, YYYY-MM-DD, such as 2026-12-01',
    ],
    [
      'a time for a day',
      withLine(3, 'date: 2018-09-18T09:00'),
      '3:7',
      '"date" must be a date, YYYY-MM-DD, such as 2026-12-01',
    ],
    [
      'yes for true',
      `${HEAD}draft: yes\n${SECTION}`,
      '4:8',
      '"draft" must be true or false, but it is "yes"',
    ],
    [
      'an hour that does not exist',
      `${HEAD}send_at: 2018-09-18T25:00\n${SECTION}`,
      '4:10',
      '"send_at" must be a date and time, such as 2026-12-01T09:00',
    ],
    [
      'an unknown time zone',
      `${HEAD}send_at: 2018-09-18T09:00[Europe/Berln]\n${SECTION}`,
      '4:10',
      '"send_at" names a time zone that does not exist: "Europe/Berln"; did you mean "Europe/Berlin"?',
    ],
    [
      'an offset that does not match the time zone',
      `${HEAD}send_at: 2018-09-18T09:00+05:00[Europe/Berlin]\n${SECTION}`,
      '4:10',
      '"send_at" has the offset +05:00, but Europe/Berlin is +02:00 then; remove one of the two',
    ],
    [
      'a calendar in brackets',
      `${HEAD}send_at: 2018-09-18T09:00[u-ca=hebrew]\n${SECTION}`,
      '4:10',
      '"send_at" can have one time zone in brackets, as in 2026-03-10T14:00[Europe/Berlin]',
    ],
    [
      'a time zone after a day',
      `${HEAD}send_at: 2018-09-18[Europe/Berlin]\n${SECTION}`,
      '4:10',
      '"send_at" can have one time zone in brackets, as in 2026-03-10T14:00[Europe/Berlin]',
    ],
    ['no sections', `${HEAD}sections: []\n`, '4:11', '"sections" must not be empty'],
    [
      'a mapping for a list',
      `${HEAD}sections:\n  type: divider\n`,
      '5:3',
      '"sections" must be a list (lines that begin with "- "), but it is a mapping',
    ],
    [
      'a text for a mapping',
      `${HEAD}sections:\n  - type: story\n    heading: h\n    body: b\n    image: a.png\n`,
      '8:12',
      '"image" must be a mapping (lines of the form "key: value"), but it is "a.png"',
    ],
    [
      'a URL without a scheme',
      `${HEAD}sections:\n  - type: button\n    label: Go\n    url: example.com\n`,
      '7:10',
      '"url" must be a URL that begins with https://, http:// or mailto:',
    ],
    [
      'an address that runs code',
      `${HEAD}sections:\n  - { type: button, label: Go, url: "javascript:alert(1)" }\n`,
      '5:37',
      '"url" must be a URL that begins with https://, http:// or mailto:',
    ],
    [
      'an image outside of the folder',
      `${HEAD}sections:\n  - { type: image, src: ../a.png, alt: x }\n`,
      '5:25',
      '"src" must be a path relative to issues/, such as images/photo.png, or a URL',
    ],
    [
      'a moment in words',
      `${HEAD}sections:\n  - type: events\n    heading: h\n    items:\n      - title: t\n        starts: soon\n`,
      '9:17',
      '"starts" must be a date, such as 2026-12-01, or a date and time, such as 2026-12-01T09:00',
    ],
    [
      'no mapping at all',
      'hello\n',
      '1:1',
      'must be a mapping (lines of the form "key: value"), but it is "hello"',
    ],
    [
      'an empty section',
      `${HEAD}sections:\n  -\n`,
      '5:4',
      'item 1 of "sections" must be a mapping (lines of the form "key: value"), but it is empty',
    ],
  ])('%s', (_, text, place, message) => {
    expect(findings(text)).toEqual([`${place} schema/invalid ${message}`]);
  });
});

describe('missing keys', () => {
  it('are reported all at once, each at its parent', () => {
    expect(findings('number: 1\n')).toEqual([
      '1:1 schema/missing "title" is missing: it must be text',
      '1:1 schema/missing "date" is missing: it must be text',
      '1:1 schema/missing "sections" is missing: it must be a list (lines that begin with "- ")',
    ]);
  });

  it('are reported at the item of a list', () => {
    const text = `${HEAD}sections:\n  - type: divider\n  - type: image\n    src: a.png\n`;
    expect(findings(text)).toEqual(['6:5 schema/missing "alt" is missing: it must be text']);
  });
});

describe('an unknown key', () => {
  it('is reported at the key with the most similar one, which is not reported as missing', () => {
    expect(findings(withLine(2, 'titel: T'))).toEqual([
      '2:1 schema/unknown-key unknown key "titel"; did you mean "title"?',
    ]);
  });

  it('is reported with the valid keys', () => {
    const hintOf = (text: string) => {
      const parsed = parseIssue('i.yaml', text);
      return 'issue' in parsed ? [] : parsed.findings.map(({ hint }) => hint);
    };
    expect(hintOf(`${HEAD}banana: 1\n${SECTION}`)).toEqual([
      'valid keys: number, title, subject, preheader, date, send_at, draft, segment, sections',
    ]);
    expect(hintOf(`${HEAD}${SECTION}    banana: 1\n`)).toEqual(['valid keys: type']);
  });

  it('has no suggestion when none is similar', () => {
    expect(findings(`${HEAD}banana: 1\n${SECTION}`)).toEqual(['4:1 schema/unknown-key unknown key "banana"']);
  });

  it('has its own position and hint if there are several', () => {
    const text = `${HEAD}subjct: a\nfoo: 1\n${SECTION}    titel: x\n`;
    expect(findings(text).sort()).toEqual([
      '4:1 schema/unknown-key unknown key "subjct"; did you mean "subject"?',
      '5:1 schema/unknown-key unknown key "foo"',
      '8:5 schema/unknown-key unknown key "titel"',
    ]);
  });

  it('is also reported deep inside', () => {
    const text = `${HEAD}sections: [{ type: story, heading: h, body: b, imag: { src: a.png, alt: x } }]\n`;
    expect(findings(text)).toEqual(['4:48 schema/unknown-key unknown key "imag"; did you mean "image"?']);
  });
});

describe('a section type', () => {
  it('that does not exist is reported with the most similar one', () => {
    expect(findings(`${HEAD}sections:\n  - type: storey\n    body: b\n`)).toEqual([
      expect.stringMatching(
        /^5:11 schema\/invalid .*"storey" is not one of intro, .*; did you mean "story"\?$/,
      ),
    ]);
  });

  it('that is missing is reported with all types', () => {
    expect(findings(`${HEAD}sections:\n  - heading: x\n`)).toEqual([
      expect.stringMatching(/^5:5 schema\/\w+ "type" .*must be one of intro, story, .*signoff$/),
    ]);
  });

  it('that is not text is not valid', () => {
    expect(findings(`${HEAD}sections:\n  - type: 3\n`)).toEqual([
      expect.stringMatching(/^5:11 schema\/invalid /),
    ]);
  });
});
