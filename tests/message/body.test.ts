import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageWriter } from '../../src/message/writer.js';
import { fillText } from '../../src/render/fill.js';
import { addressee, anyValues, message, read, slot, slotted, write } from './messages.js';

/** Line breaks are CRLF on the wire; a reader's program shows its own. */
const lineBreaks = (text: string) => text.replace(/\r\n?/g, '\n');
/** Half a surrogate pair has no bytes, and a byte order mark at the start is no text. */
const asText = (text: string) => lineBreaks(text.toWellFormed()).replace(/^\ufeff/, '');

describe('the parts of a message', () => {
  it('are parsed by another library as text and HTML with the filled values', async () => {
    const texts = slotted('plain');
    const htmls = slotted('html', 'url', 'address', 'plain');
    await fc.assert(
      fc.asyncProperty(texts, htmls, anyValues, async (text, html, values) => {
        const raw = write(
          message({ text: ['T', ...text, '.'], html: ['<p>', ...html, '</p>'] }),
          addressee({ values }),
        );
        const mail = await read(raw);
        expect(lineBreaks(mail.text ?? '')).toBe(asText(`T${fillText(text, values)}.`));
        expect(lineBreaks(mail.html || '')).toBe(asText(`<p>${fillText(html, values)}</p>`));
      }),
      { numRuns: 400 },
    );
  });

  it('stay within 76 columns of ASCII for any values', async () => {
    fc.assert(
      fc.property(slotted('plain'), slotted('html', 'url', 'address'), anyValues, (text, html, values) => {
        const raw = write(message({ text, html, subject: text }), addressee({ values }));
        const lines = raw.toString('latin1').split('\r\n');
        expect(raw.every((byte) => byte < 0x80)).toBe(true);
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
        const body = lines.slice(lines.indexOf(''));
        expect(Math.max(...body.map((line) => line.length))).toBeLessThanOrEqual(76);
        expect(body.every((line) => !/[\r\n\0]/.test(line) && !/[ \t]$/.test(line))).toBe(true);
        expect(lines.every((line) => !/^(?:\.|From )/.test(line))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('stay within 76 columns where a long value begins with a dot', () => {
    for (let length = 60; length <= 160; length++) {
      const values = { a: `.${'x'.repeat(length)}` };
      const raw = write(message({ text: [slot('a', 'plain')] }), addressee({ values })).toString('latin1');
      const body = raw.slice(raw.indexOf('\r\n\r\n'));
      expect(body).toContain('\r\n=2Ex');
      expect(Math.max(...body.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76);
    }
  });

  it.each([
    ['the text', { text: ['Hello.\n\nFrom here on.\n'] }],
    ['the HTML', { html: ['<p>Hello.\n', 'From here on.</p>\n'] }],
    ['a merge field', { text: ['Hello.\n', slot('a', 'plain'), '\n'] }],
    ['a line that is too long', { text: [`${'x'.repeat(72)} ${'From here on. '.repeat(20)}\n`] }],
  ])('have no line that begins with "From ", which mbox files change: %s', async (_, parts) => {
    const raw = write(message(parts), addressee({ values: { a: 'From here on.' } }));
    expect(raw.toString('latin1')).not.toMatch(/^From /m);
    const mail = await read(raw);
    expect(`${mail.text}${mail.html}`).toContain('From here on.');
  });

  it('are text, then HTML, and nothing else', async () => {
    const raw = write(message(), addressee()).toString('latin1');
    const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
    const parts = raw.split(`--${boundary}`);
    expect(parts).toHaveLength(4);
    expect(parts[1]).toMatch(
      /^\r\nContent-Type: text\/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nText/,
    );
    expect(parts[2]).toMatch(/^\r\nContent-Type: text\/html; charset=utf-8\r\n/);
    expect(parts[3]).toBe('--\r\n');
  });

  it('never contain the boundary, even if a value does', async () => {
    const compiled = message({ text: ['A', slot('a', 'plain'), 'B'] });
    const boundary = /boundary="([^"]+)"/.exec(write(compiled, addressee()).toString('latin1'))?.[1] ?? '';
    const values = { a: `\r\n--${boundary}--\r\n` };
    const mail = await read(write(compiled, addressee({ values })));
    expect(mail.text).toBe(`A --${boundary}-- B`);
    expect(mail.html).toBe('<p>HTML</p>\n');
    expect(mail.attachments).toEqual([]);
  });

  it.each(['.', '..', '.x', 'From here', '=', '=20', '-- ', 'a ', 'a\t', '\t', ' '])(
    'keep %j, which is special in email, on its own line',
    async (value) => {
      const compiled = message({ text: ['a\n', slot('a', 'plain'), '\nb\n', value, '\n'] });
      const mail = await read(write(compiled, addressee({ values: { a: value } })));
      const shown = value.replace('\t', ' ');
      expect(mail.text).toBe(`a\n${shown}\nb\n${value}\n`);
    },
  );

  it('can be empty', async () => {
    const mail = await read(write(message({ text: [], html: [slot('a', 'html')] }), addressee()));
    expect([mail.text?.trim() ?? '', mail.html || '']).toEqual(['', '']);
  });
});

describe('a filled message', () => {
  it('has the same bytes each time', () => {
    const compiled = message({ text: ['Hi ', slot('a', 'plain'), '\n'] });
    const to = addressee({ values: { a: 'Zoë' } });
    expect(write(compiled, to).equals(write(compiled, to))).toBe(true);
  });

  it('reads the same as it is sent', async () => {
    const compiled = message({
      subject: ['Hi ', slot('a', 'plain')],
      text: ['Hi ', slot('a', 'plain'), ', ', slot('unsubscribe_url', 'plain'), '\n'],
      html: ['<a href="', slot('unsubscribe_url', 'address'), '">', slot('a', 'html'), '</a>'],
    });
    const to = addressee({ values: { a: 'Zoë & <Co>' } });
    const writer = new MessageWriter(compiled, { secret: 's', subjectPrefix: '[Test] ' });
    const shown = writer.read(to);
    const mail = await read(writer.write(to, 0).raw());
    expect(shown).toEqual({ subject: mail.subject, text: mail.text, html: mail.html });
    expect(shown.subject).toBe('[Test] Hi Zoë & <Co>');
    expect(shown.html).toMatch(
      /^<a href="https:\/\/n\.example\/unsubscribe\?token=[\w-]+">Zoë &amp; &lt;Co&gt;<\/a>$/,
    );
  });
});
