import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readColumns } from '../../src/audience/csv.js';
import { listOf, rowsOf } from './lists.js';

const valuesOf = async (content: string | Uint8Array) => (await rowsOf(content)).map(({ values }) => values);
const EXPECTED = [{ email: 'a@x.example', first_name: 'Ä' }];

describe('a list', () => {
  it.each([
    ['plain', 'email,first_name\na@x.example,Ä\n'],
    ['without a line break at its end', 'email,first_name\na@x.example,Ä'],
    ['with a byte order mark', '\ufeffemail,first_name\na@x.example,Ä\n'],
    ['with a byte order mark before a quote', '\ufeff"email","first_name"\n"a@x.example","Ä"\n'],
    ['of Windows', 'email,first_name\r\na@x.example,Ä\r\n'],
    ['with line ends of old Macs', 'email,first_name\ra@x.example,Ä\r'],
    ['separated by semicolons', 'email;first_name\na@x.example;Ä\n'],
    ['separated by tabs', 'email\tfirst_name\na@x.example\tÄ\n'],
    ['separated by pipes', 'email|first_name\na@x.example|Ä\n'],
    ['that names its delimiter for Excel', 'sep=;\r\nemail;first_name\r\na@x.example;Ä\r\n'],
    ['that names a tab', 'sep=\t\nemail\tfirst_name\na@x.example\tÄ\n'],
    ['that names its delimiter in quotes', '\ufeff"sep=,"\nemail,first_name\na@x.example,Ä\n'],
    ['with spaces around values', ' email , first_name \n a@x.example , Ä \n'],
    ['with a header as people write it', 'E-mail,email,First Name\n,a@x.example,Ä\n'],
    ['with empty lines', 'email,first_name\n\n   \na@x.example,Ä\n\n\n'],
  ])('is read: %s', async (_, content) => {
    const [row] = await valuesOf(content);
    expect(row).toMatchObject(EXPECTED[0] ?? {});
  });

  it('is read when saved by Excel as "Unicode text"', async () => {
    const text = Buffer.from('\ufeffemail\tfirst_name\r\na@x.example\tÄ\r\n', 'utf16le');
    expect(await valuesOf(text)).toEqual(EXPECTED);
    expect(await valuesOf(Buffer.from(text).swap16())).toEqual(EXPECTED);
  });

  it('has no rows with only a header', async () => {
    expect(await rowsOf('email,first_name\n')).toEqual([]);
  });

  it('keeps quoted text', async () => {
    const text =
      'email,note\na@x.example,"one, ""two""; three"\nb@x.example,"  spaced  "\nc@x.example,"a\nb"\n';
    expect((await valuesOf(text)).map(({ note }) => note)).toEqual([
      'one, "two"; three',
      '  spaced  ',
      'a\nb',
    ]);
  });

  it('separated by semicolons can contain commas, and the other way round', async () => {
    expect(await valuesOf('email;name\na@x.example;Doe, Jane\n')).toEqual([
      { email: 'a@x.example', name: 'Doe, Jane' },
    ]);
    expect(await valuesOf('email,"a;b;c;d"\na@x.example,1;2\n')).toEqual([
      { email: 'a@x.example', 'a;b;c;d': '1;2' },
    ]);
  });

  it('counts values without a column, and fills in missing values', async () => {
    const rows = await rowsOf('email,first_name,city\na@x.example,A,B,C,D\nb@x.example\n');
    expect(rows).toEqual([
      {
        ...{ line: 2, surplus: 2, cells: ['a@x.example', 'A', 'B', 'C', 'D'] },
        values: { email: 'a@x.example', first_name: 'A', city: 'B' },
      },
      {
        ...{ line: 3, surplus: 0, cells: ['b@x.example'] },
        values: { email: 'b@x.example', first_name: '', city: '' },
      },
    ]);
  });

  it('can have columns named like properties of every object', async () => {
    const [row] = await valuesOf('email,__proto__,constructor\na@x.example,1,2\n');
    expect(Object.entries(row ?? {})).toEqual([
      ['email', 'a@x.example'],
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  it('has columns with the names that merge fields use', async () => {
    expect(await readColumns(listOf('E-Mail,email,First Name,Größe\n'), 'list.csv')).toEqual([
      'e_mail',
      'email',
      'first_name',
      'größe',
    ]);
  });

  it('with many rows is streamed to the end', async () => {
    const count = 20_000;
    const text = Array.from({ length: count }, (_, at) => `reader${at}@x.example,Nämé ${at}\n`).join('');
    const rows = await rowsOf(`email,first_name\n${text}`);
    expect(rows).toHaveLength(count);
    expect(rows.at(-1)).toMatchObject({ line: count + 1, values: { first_name: `Nämé ${count - 1}` } });
  });

  it('returns any values that were written by the rules', async () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[\r\0]/.test(text));
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, value), { maxLength: 5 }), async (pairs) => {
        const body = pairs.map(([a, b]) => `x@x.example,${quoted(a)},${quoted(b)}\n`).join('');
        const rows = await valuesOf(`email,a,b\n${body}`);
        expect(rows.map(({ a, b }) => [a, b])).toEqual(pairs);
      }),
      { numRuns: 50 },
    );
  });
});
