import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formOf, type RawRecord, readRecords, recordText } from '../../src/audience/records.js';
import { collect, listOf, rowsOf } from './lists.js';

const recordsOf = (content: string | Uint8Array): Promise<RawRecord[]> =>
  collect(readRecords(listOf(content), 'list.csv'));

const MIXED = 'email,näme\r\na@b.co,"x\r\né, ""z"""\r\n\r\n  c@d.co , 🦊e\n"f@g.co",h\r\n\n\nlast@x.co,y';

describe('the records of a list', () => {
  it('are the file when joined', async () => {
    const records = await recordsOf(MIXED);
    expect(records.map(({ raw }) => raw).join('')).toBe(MIXED);
    expect(records.map(({ line, empty }) => (empty ? `(${line})` : String(line)))).toEqual([
      ...['1', '2', '(4)', '5', '6', '(7)', '(8)', '9'],
    ]);
    expect(records[1]?.cells).toEqual(['a@b.co', 'x\r\né, "z"']);
  });

  it('have the lines and values that a send reads', async () => {
    const records = await recordsOf(MIXED);
    const rows = await rowsOf(MIXED);
    const data = records.filter(({ empty }) => !empty).slice(1);
    expect(data.map(({ line }) => line)).toEqual(rows.map(({ line }) => line));
    expect(data.map(({ cells }) => cells[0])).toEqual(rows.map(({ values }) => values.email));
  });

  it('are split correctly at any chunk boundary', async () => {
    const row = (at: number) => `r${at}@example.com,"Zoë 🦊 ${'é'.repeat(at % 7)}\r\n${at}"\r\n`;
    const text = `email,name\r\n${Array.from({ length: 4_000 }, (_, at) => row(at)).join('')}`;
    const records = await recordsOf(text);
    expect(records).toHaveLength(4_001);
    expect(records[4_000]).toMatchObject({ raw: row(3_999), line: 2 + 2 * 3_999 });
    expect(records.map(({ raw }) => raw).join('') === text).toBe(true);
  });

  it('are read as written, with any content', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', ' ', '\r\n', '\n', '\t') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), async (rows) => {
        const form = { delimiter: ',', newline: '\r\n', encoding: 'utf-8', mark: false } as const;
        const written = [['email', 'name'], ...rows];
        const text = written.map((cells) => recordText(cells, form)).join('');
        const records = await recordsOf(text);
        expect(records.map(({ raw }) => raw).join('')).toBe(text);
        expect(records.map(({ cells }) => cells)).toEqual(written);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['comma', 'email,name\n', { delimiter: ',', newline: '\n', encoding: 'utf-8', mark: false }],
    ['semicolon and CRLF', 'email;name\r\n', { delimiter: ';', newline: '\r\n', mark: false }],
    ['a byte order mark', '\ufeffemail\tname\r', { delimiter: '\t', newline: '\r', mark: true }],
    ['UTF-16', Buffer.from('\ufeffemail\tname\r\n', 'utf16le'), { delimiter: '\t', encoding: 'utf-16le' }],
  ])('are written with %s', async (_, content, form) => {
    expect(await formOf(listOf(content))).toMatchObject(form);
  });

  it('keep every byte with broken quotes', async () => {
    const text = 'email,name\r\na@b.co,"x" y\r\nb@b.co,"z\r\n\r\nc@b.co,"w\r\nd@b.co,"v"\r\n"';
    const records = await recordsOf(text);
    expect(records.map(({ raw }) => raw).join('')).toBe(text);
    expect(records.map(({ fault }) => fault !== undefined)).toEqual([
      ...[false, true, true, false, true, false, false],
    ]);
  });
});
