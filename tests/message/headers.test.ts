import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateHeader, exactHeader } from '../../src/message/headers.js';
import { fillText } from '../../src/render/fill.js';
import {
  addressee,
  anyValue,
  anyValues,
  headerLines,
  headerNames,
  message,
  NOW,
  read,
  SECRET,
  slot,
  slotted,
  write,
} from './messages.js';

const NAMES = [
  'From',
  'List-Id',
  'X-Obn-Issue',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'X-Obn-Delivery',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'MIME-Version',
  'Content-Type',
];

/** As a person reads it: control characters are spaces, and where a line was folded does not matter. */
const shown = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('the header of a message', () => {
  it('has exactly the required fields for any values', () => {
    fc.assert(
      fc.property(anyValue, slotted('plain'), anyValues, (name, subject, values) => {
        const raw = write(message({ subject, text: subject, html: subject }), addressee({ name, values }));
        expect(headerNames(raw)).toEqual(NAMES);
      }),
      { numRuns: 500 },
    );
  });

  it('is parsed by another library with the same values', async () => {
    await fc.assert(
      fc.asyncProperty(anyValue, slotted('plain'), anyValues, async (name, subject, values) => {
        const mail = await read(write(message({ subject }), addressee({ name, values })));
        expect(shown(mail.subject ?? '')).toBe(shown(fillText(subject, values)));
        const [to] = [mail.to].flat().flatMap((field) => field?.value ?? []);
        const cut = [...shown(name)].slice(0, 120).join('');
        expect([to?.address, shown(to?.name ?? '')]).toEqual(['Ada@example.com', shown(cut)]);
      }),
      { numRuns: 500 },
    );
  });

  it('has short lines of printable ASCII', () => {
    fc.assert(
      fc.property(anyValue, slotted('plain'), anyValues, (name, subject, values) => {
        for (const line of headerLines(write(message({ subject }), addressee({ name, values })))) {
          expect(line).toMatch(/^[\x20-\x7e\t]{1,998}$/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([100, 200, 900, 1_900])('with %i spaces in a value has no blank line', (count) => {
    const values = { a: `a${' '.repeat(count)}b` };
    const raw = write(message({ subject: [slot('a', 'plain')] }), addressee({ name: values.a, values }));
    expect(headerLines(raw).filter((line) => line.trim() === '')).toEqual([]);
  });

  it('cuts a name after 120 letters, never within a letter', async () => {
    const mail = await read(write(message(), addressee({ name: '😀'.repeat(200) })));
    expect([mail.to].flat()[0]?.value[0]?.name).toBe('😀'.repeat(120));
  });

  it.each(['', '   ', '\r\n', '\0'])('has only the address for the name %j', (name) => {
    expect(headerLines(write(message(), addressee({ name })))).toContain('To: Ada@example.com');
  });

  it.each([
    '"a\r\nBcc: evil@example.org\r\nX: "@example.com',
    'a@example.com\r\nBcc: evil@example.org',
    'a\nb@example.com',
  ])('rejects the address %j', (address) => {
    expect(() => write(message(), addressee({ address }))).toThrow();
  });

  it('matches the expected bytes', async () => {
    const raw = write(message({ replyTo: 'reply@n.example' }), addressee());
    expect(headerLines(raw)).toEqual([
      'From: "Jane Doe" <jane@n.example>',
      'Reply-To: reply@n.example',
      'List-Id: "Weekly" <weekly.n.example>',
      'X-Obn-Issue: 3',
      'To: "Ada Lovelace" <Ada@example.com>',
      'Subject: Issue #3',
      'Date: Tue, 18 Sep 2018 09:00:00 +0000',
      'Message-ID: <ref0123456789@n.example>',
      'X-Obn-Delivery: ref0123456789',
      expect.stringMatching(/^List-Unsubscribe: <https:\/\/n\.example\/unsubscribe\?token=[\w-]+>$/),
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      'MIME-Version: 1.0',
      expect.stringMatching(/^Content-Type: multipart\/alternative; boundary="[^"]+"$/),
    ]);
    expect((await read(raw)).date?.getTime()).toBe(NOW);
  });
});

describe('one-click unsubscribe', () => {
  const fields = (raw: Buffer) => headerLines(raw).filter((line) => line.startsWith('List-Unsubscribe'));

  it('has its header fields once, each on one line, even for the longest address', () => {
    const key = `${'a'.repeat(64)}@${'b.'.repeat(90)}example`;
    expect(fields(write(message(), addressee({ address: key, key })))).toEqual([
      expect.stringMatching(/^List-Unsubscribe: <https:\/\/\S+>$/),
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    ]);
  });

  it('has no header fields without an unsubscribe URL', () => {
    const { unsubscribeUrl: _, ...without } = message();
    expect(fields(write(without, addressee(), { secret: SECRET }))).toEqual([]);
  });

  it('cannot be overridden by a column of the list', () => {
    const to = addressee({ values: { unsubscribe_url: 'https://evil.example' } });
    expect(write(message({ text: [slot('unsubscribe_url', 'plain')] }), to).toString()).not.toContain('evil');
  });

  it('works with a non-ASCII URL', () => {
    const raw = write(message({ unsubscribeUrl: 'https://bücher.example/abmelden' }), addressee());
    expect(fields(raw)[0]).toMatch(/^List-Unsubscribe: <https:\/\/xn--bcher-kva\.example\/abmelden\?token=/);
  });
});

describe('the sender and the list', () => {
  it.each(['Jürgen "J" Weiß', 'Doe, Jane', 'joe@other.example', 'a\\b', '=?utf-8?Q?x?='])(
    'can be called %s',
    async (name) => {
      const compiled = message({
        from: { name, email: 'jane@n.example' },
        list: { id: 'l.n.example', name },
      });
      const raw = write(compiled, addressee());
      const mail = await read(raw);
      expect(mail.from?.value).toEqual([{ name, address: 'jane@n.example' }]);
      expect(headerNames(raw)).toEqual(NAMES);
      expect(headerLines(raw).join('\n')).toMatch(/<l\.n\.example>/);
    },
  );
});

describe('a structured header field', () => {
  it.each(['a\r\nb', 'a\nb', 'ü', '\0', 'x'.repeat(1_000)])('rejects %j', (value) => {
    expect(() => exactHeader('X-Test', value)).toThrow(RangeError);
  });

  it('is the date in UTC', () => {
    expect(dateHeader(NOW)).toBe('Date: Tue, 18 Sep 2018 09:00:00 +0000');
  });
});
