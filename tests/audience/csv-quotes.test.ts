import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDuplicates } from '../../src/audience/duplicates.js';
import { selectRecipients } from '../../src/audience/select.js';
import { readSubscribers } from '../../src/audience/subscriber.js';
import { collect, listOf, rowsOf } from './lists.js';

/** The outcome for each line that is a row: `mailed`, or why not. */
async function outcomes(content: string | Uint8Array): Promise<Record<number, string>> {
  const path = listOf(content);
  const rows = () => readSubscribers(path, 'list.csv');
  const options = { repeats: await findDuplicates(rows()), suppressed: async () => new Map() };
  const decided = await collect(selectRecipients(rows(), options));
  return Object.fromEntries(decided.map((row) => [row.line, 'reason' in row ? row.reason : 'mailed']));
}

const detailsOf = async (content: string) => (await rowsOf(content)).map(({ fault }) => fault ?? '');

describe('a row with text after a closing quote', () => {
  it('is reported by its line and affects no other row', async () => {
    const list = 'email,n\na@x.example,Ada\nb@x.example,"Bob" Smith\nc@x.example,"C ""D"" E"\n';
    expect(await outcomes(list)).toEqual({ 2: 'mailed', 3: 'malformed', 4: 'mailed' });
    expect((await detailsOf(list))[1]).toBe(
      'text follows the closing quote of a value; double a quote inside a value: """Bob"" Smith"',
    );
  });

  it('is read if each quote inside the value has a backslash', async () => {
    const [row] = await rowsOf('email,n\nc@x.example,"Cyd \\"the Kid\\" X"\n');
    expect(row).toMatchObject({ values: { n: 'Cyd "the Kid" X' } });
  });

  it('keeps a value that ends with a backslash', async () => {
    const [row] = await rowsOf('email,n,m\nc@x.example,"C:\\","D:\\"\n');
    expect(row?.values).toMatchObject({ n: 'C:\\', m: 'D:\\' });
  });
});

describe('a stray quote', () => {
  it('that includes rows makes all of them unclear, and other rows are mailed', async () => {
    const list = 'email,n\na@x.example,A\nb@x.example,"B\nc@x.example,C\nd@x.example,"D"\ne@x.example,E\n';
    expect(await outcomes(list)).toEqual({
      ...{ 2: 'mailed', 3: 'stray_quote', 4: 'stray_quote', 5: 'stray_quote', 6: 'mailed' },
    });
    const [, first, second] = await detailsOf(list);
    expect(first).toMatch(
      /^a quote that opens on this line is closed on line 5; obn cannot read lines 3 to 5\./,
    );
    expect(second).toMatch(/^this line may belong to the row on line 3/);
  });

  it('that another quote closes includes no rows without a report', async () => {
    const list = 'email,n\nb@x.example,"B\nc@x.example,C\nd@x.example,D"\ne@x.example,E\n';
    expect(await outcomes(list)).toMatchObject({ 2: 'stray_quote', 3: 'stray_quote', 4: 'stray_quote' });
  });

  it('that is never closed makes the next 50 lines unclear, and no more', async () => {
    const rows = Array.from({ length: 200 }, (_, at) => `r${at}@x.example,R\n`).join('');
    const found = await outcomes(`email,n\na@x.example,A\nb@x.example,"B\n${rows}`);
    expect(Object.keys(found)).toHaveLength(202);
    expect(found).toMatchObject({ 2: 'mailed', 3: 'stray_quote', 53: 'stray_quote', 54: 'mailed' });
  });

  it('does not take quadratic time in a long list', async () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => `reader${at}@x.example,A\n`).join('');
    const found = await outcomes(`email,n\na@x.example,"A\n${rows}`);
    expect(Object.values(found).filter((one) => one === 'mailed')).toHaveLength(100_000 - 50);
  });

  it('that includes another value on its line makes the row unclear', async () => {
    expect(await outcomes('email,n,status\na@x.example,"A,unsubscribed"\n')).toEqual({ 2: 'malformed' });
  });

  it('excludes addresses that may have opted out on an unclear line', async () => {
    const list = 'email,n,status\nc@x.example,C,\nb@x.example,"B,\nC@x.example,C,unsubscribed\n';
    expect(await outcomes(list)).toMatchObject({ 2: 'unclear' });
  });
});

describe('a value of several lines', () => {
  it('can contain any text that is not a row', async () => {
    const list = 'email,n\na@x.example,"Dear Ada,\n\nwrite to me at: ada@x.example\nor call, please"\n';
    expect(await outcomes(list)).toEqual({ 2: 'mailed' });
  });
});

describe('a row that cannot be read', () => {
  it.each([
    ['an unknown status', 'email,status\nb@x.example,subscribed\nb@x.example,gone fishing\n'],
    ['an extra value', 'email,n,status\nb@x.example,B,\nb@x.example,B,Jr.,unsubscribed\n'],
    ['a name around the address', 'email,status\nb@x.example,\nBob <b@x.example>,unsubscribed\n'],
    ['an invisible character in the address', 'email,status\nb@x.example,\nb@\u200bx.example,unsubscribed\n'],
  ])('because of %s excludes its address on other rows', async (_, list) => {
    expect((await outcomes(list))[2]).toBe('unclear');
  });

  it('but says subscribed does not exclude its address', async () => {
    const list = 'email,status\nb@x.example,\nBob <b@x.example>,subscribed\n';
    expect(await outcomes(list)).toEqual({ 2: 'mailed', 3: 'invalid_address' });
  });
});

describe('random lists with stray quotes', () => {
  interface Row {
    readonly name: string;
    readonly left: boolean;
    readonly quoted: boolean;
    readonly hidden: string;
  }
  const row: fc.Arbitrary<Row> = fc.record({
    name: fc.constantFrom('Ada', 'B C', '', 'Zoë', "O'Brien"),
    left: fc.boolean(),
    quoted: fc.boolean(),
    hidden: fc.constantFrom('', '\u200b', '\u200e', '\u00a0', ' '),
  });
  interface Form {
    readonly delimiter: string;
    readonly newline: string;
    readonly encoding: string;
    readonly isNamed: boolean;
  }
  const form: fc.Arbitrary<Form> = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    newline: fc.constantFrom('\n', '\r\n', '\r'),
    encoding: fc.constantFrom('utf8', 'mark', 'utf16le', 'utf16be'),
    isNamed: fc.boolean(),
  });

  function written(rows: readonly Row[], { delimiter, newline, isNamed }: Form) {
    const quote = (text: string, quoted: boolean) => (quoted ? `"${text}"` : text);
    const lines = rows.map(({ name, left, quoted, hidden }, at) =>
      [
        `${hidden}r${at}@x.example${hidden}`,
        quote(name, quoted),
        quote(left ? 'unsubscribed' : 'subscribed', quoted),
        'x',
      ].join(delimiter),
    );
    const header = ['email', 'name', 'status', 'note'].join(delimiter);
    return { head: [...(isNamed ? [`sep=${delimiter}`] : []), header], lines, newline };
  }

  function encoded(text: string, encoding: string): Buffer {
    if (encoding === 'utf8') return Buffer.from(text);
    if (encoding === 'mark') return Buffer.from(`\ufeff${text}`);
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return encoding === 'utf16be' ? bytes.swap16() : bytes;
  }

  it('never mail an address that opted out on a row, and lose no row', async () => {
    const strays = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        form,
        strays,
        async (rows, how, quotes) => {
          const { head, lines, newline } = written(rows, how);
          for (const [at, column] of quotes) {
            const line = lines[at % lines.length] ?? '';
            const place = column % (line.length + 1);
            lines[at % lines.length] = `${line.slice(0, place)}"${line.slice(place)}`;
          }
          const text = [...head, ...lines, ''].join(newline);
          const found = await outcomes(encoded(text, how.encoding));
          rows.forEach(({ left }, at) => {
            const outcome = found[head.length + 1 + at];
            expect(outcome, text).toBeDefined();
            if (left) expect(outcome, text).not.toBe('mailed');
          });
        },
      ),
      { numRuns: 300 },
    );
  }, 120_000);
});
