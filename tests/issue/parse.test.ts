import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseIssue, readIssue } from '../../src/issue/issue.js';
import { makeNewsletter } from '../support/newsletter.js';

const ISSUES = join(import.meta.dirname, '../../issues');
const MINIMAL = 'number: 1\ntitle: T\ndate: 2018-01-01\nsections:\n  - type: divider\n';

describe('an issue with only the required keys', () => {
  it('is read, and is not a draft', () => {
    const parsed = parseIssue('i.yaml', MINIMAL);
    if (!('issue' in parsed)) throw new Error('has findings');
    const { document, ...data } = parsed.issue;
    expect(data).toEqual({
      number: 1,
      title: 'T',
      date: '2018-01-01',
      draft: false,
      sections: [{ type: 'divider' }],
    });
    expect(document.text).toBe(MINIMAL);
  });

  it('cannot be changed', () => {
    const parsed = parseIssue('i.yaml', MINIMAL);
    expect(Object.isFrozen('issue' in parsed && parsed.issue)).toBe(true);
  });

  it('can have a send time, with or without an offset', () => {
    for (const time of ['2018-09-18T09:00', '2018-09-18T09:00Z', '2018-09-18T09:00-04:00', '2018-09-18']) {
      expect('issue' in parseIssue('i.yaml', `${MINIMAL}send_at: ${time}\n`)).toBe(true);
    }
  });
});

describe('texts', () => {
  const titleOf = (yaml: string) => {
    const parsed = parseIssue('i.yaml', MINIMAL.replace('title: T', `title: ${yaml}`));
    return 'issue' in parsed ? parsed.issue.title : undefined;
  };

  it('lose the white space around them, also in a block', () => {
    expect(titleOf('"  a b  "')).toBe('a b');
    expect(titleOf('>\n  folded\n  text')).toBe('folded text');
  });

  it.each(['"a\\nb"', '"a\\tb"', '"a\\u0000b"', '"a\\u0085b"', '|\n  a\n  b', '""', '"  "'])(
    'reject %j',
    (yaml) => {
      expect(titleOf(yaml)).toBeUndefined();
    },
  );
});

describe('the URLs of links', () => {
  const accepts = (url: string) => {
    const section = `  - { type: button, label: Go, url: ${JSON.stringify(url)} }\n`;
    return 'issue' in parseIssue('i.yaml', MINIMAL.replace('  - type: divider\n', section));
  };

  it.each([
    'https://example.com',
    'http://example.com/a?b=c#d',
    'mailto:jane@example.com',
    'https://bücher.example/straße',
    'https://example.com/?reader={{email}}',
    'https://example.com/{{default first_name "nobody at all"}}/x',
    'https://{{company}}.example.com/',
  ])('can be %s', (url) => {
    expect(accepts(url)).toBe(true);
  });

  it.each([
    '',
    'example.com',
    '/about',
    '//example.com',
    'ftp://example.com',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'https://example.com/a b',
    'https://example.com/a\nb',
    'https://',
  ])('cannot be %j', (url) => {
    expect(accepts(url)).toBe(false);
  });
});

describe('a URL in a field', () => {
  const urlOf = (url: string) => {
    const section = `  - { type: button, label: x, url: ${JSON.stringify(url)} }\n`;
    const parsed = parseIssue('i.yaml', MINIMAL.replace('  - type: divider\n', section));
    if ('findings' in parsed) return parsed.findings.map(({ message }) => message);
    return (parsed.issue.sections[0] as { url: string }).url;
  };

  it.each([
    ' https://example.com/a',
    '\u200bhttps://example.com/a\u00ad',
    'https://example.com/a\u2060\u200e',
    '\u202ahttps://example.com/a\u202c',
    '\ufeffhttps://example.com/a\u00a0\u202e',
    'Https://Example.COM/a',
  ])('is trimmed, with scheme and host in lowercase: %j', (url) => {
    expect(urlOf(url)).toBe('https://example.com/a');
  });

  it('keeps its path, its user and its merge fields', () => {
    expect(urlOf('HTTPS://User@Example.com/A?B=C#D')).toBe('https://User@Example.com/A?B=C#D');
    expect(urlOf('Https://{{default Host "A"}}.Example.com/{{Name}}')).toBe(
      'https://{{default Host "A"}}.Example.com/{{Name}}',
    );
    expect(urlOf('MAILTO:Jane@Example.com')).toBe('mailto:Jane@Example.com');
  });

  it('keeps the joiners of emoji and of Persian words', () => {
    expect(urlOf('https://example.com/👩‍💻/می‌شود')).toBe('https://example.com/👩‍💻/می‌شود');
  });

  it.each([
    ['https://example.com/ta\u2060lk', 'U+2060 (word joiner)'],
    ['https://exam\u200bple.com/talk', 'U+200B (zero width space)'],
    ['https://example.com/ta\u202elk', 'U+202E (right-to-left override)'],
  ])('is an error with an invisible character inside: %j', (url, name) => {
    const right = url.replace(/[\u2060\u200b\u202e]/, '');
    expect(urlOf(url)).toEqual([`"url" contains the invisible character ${name}: write ${right}`]);
  });
});

describe('the sources of images', () => {
  const accepts = (src: string) => {
    const section = `  - { type: image, alt: x, src: ${JSON.stringify(src)} }\n`;
    return 'issue' in parseIssue('i.yaml', MINIMAL.replace('  - type: divider\n', section));
  };

  it.each(['images/a.png', 'a.png', 'images/a b é.png', 'images/..a.png', 'https://example.com/a.png'])(
    'can be %s',
    (src) => {
      expect(accepts(src)).toBe(true);
    },
  );

  it.each([
    '',
    '/etc/passwd',
    '../a.png',
    'images/../../a.png',
    'images\\a.png',
    'C:/a.png',
    'data:image/png;base64,AA',
    'javascript:alert(1)',
    'a\nb.png',
  ])('cannot be %j', (src) => {
    expect(accepts(src)).toBe(false);
  });
});

describe('the issues of this repository', () => {
  it.each([
    ['001-cold-starts-warm-hearts.yaml', 1],
    ['002-another-one-bites-the-queue.yaml', 2],
    ['003-breaking-up-the-monolith-is-hard-to-do.yaml', 3],
  ])('%s is valid', (name, number) => {
    const parsed = parseIssue(name, readFileSync(join(ISSUES, name), 'utf8'));
    expect('findings' in parsed ? parsed.findings : []).toEqual([]);
    expect('issue' in parsed && parsed.issue.number).toBe(number);
  });
});

describe('an issue file', () => {
  it('can begin with a byte order mark', async () => {
    const newsletter = makeNewsletter({ 'issues/003-x.yaml': `\ufeff${MINIMAL}` });
    const parsed = await readIssue(newsletter.path('issues/003-x.yaml'), 'x');
    expect('issue' in parsed).toBe(true);
  });

  it('that does not exist is an error that names it', async () => {
    const path = makeNewsletter().path('issues/004.yaml');
    await expect(readIssue(path, 'x')).rejects.toMatchObject({
      exitCode: 3,
      message: `cannot read ${path}: no such file or folder`,
    });
  });
});
