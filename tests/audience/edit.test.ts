import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Edit, editList } from '../../src/audience/edit.js';
import { writeFile } from '../../src/platform/files.js';
import { makeNewsletter } from '../support/newsletter.js';
import { listOf } from './lists.js';

async function edited(content: string | Uint8Array | undefined, edit: Partial<Edit>): Promise<Buffer> {
  const path = content === undefined ? makeNewsletter().path('none.csv') : listOf(content);
  const { bytes } = await editList(path, 'list.csv', { columns: [], ...edit });
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

const change = (key: string, values: Record<string, string> | 'remove'): Pick<Edit, 'change'> => ({
  change: (rows) =>
    rows.map(({ row, values: before }) => {
      if (!('key' in row) || row.key !== key) return 'keep';
      return values === 'remove' ? values : { values: { ...before, ...values } };
    }),
});

const append = (...rows: Record<string, string>[]): Pick<Edit, 'append'> => ({
  async *append() {
    yield rows;
  },
});

/** Everything that an edit must keep: unneeded quotes, spaces, mixed line ends, an empty line. */
const ODD = 'Email,"First Name"\r\n"a@x.co" , Ada\r\n\r\nb@x.co,"B\nB"\nnot-an-address,,\r\nc@x.co,C';

describe('an edited list', () => {
  it('keeps every byte when nothing changes', async () => {
    for (const content of [ODD, `\ufeff${ODD}`, `${ODD}\r\n\r\n`]) {
      expect((await edited(content, {})).toString()).toBe(content);
    }
    const utf16 = Buffer.from(`\ufeff${ODD.replaceAll(',', '\t')}`, 'utf16le');
    expect(await edited(utf16, {})).toEqual(utf16);
    expect(await edited(Buffer.from(utf16).swap16(), {})).toEqual(Buffer.from(utf16).swap16());
  });

  it('changes one row in the format of the list, and no other', async () => {
    const after = await edited(ODD, change('b@x.co', { first_name: 'Bea, "B"' }));
    expect(after.toString()).toBe(ODD.replace('b@x.co,"B\nB"\n', 'b@x.co,"Bea, ""B"""\r\n'));
    const semicolons = await edited('email;n\na@x.co;1\nb@x.co;2\n', change('b@x.co', { n: 'x;y' }));
    expect(semicolons.toString()).toBe('email;n\na@x.co;1\nb@x.co;"x;y"\n');
  });

  it('keeps values in columns without a name', async () => {
    const after = await edited('email,n,,\na@x.co,1,left,right\n', change('a@x.co', { n: '2' }));
    expect(after.toString()).toBe('email,n,,\na@x.co,2,left,right\n');
  });

  it('loses one row, and no other', async () => {
    expect((await edited(ODD, change('a@x.co', 'remove'))).toString()).toBe(
      ODD.replace('"a@x.co" , Ada\r\n', ''),
    );
    expect((await edited(ODD, change('c@x.co', 'remove'))).toString()).toBe(ODD.replace('c@x.co,C', ''));
  });

  it('gets rows at the end, on their own lines', async () => {
    const row = { email: 'd@x.co', first_name: 'D' };
    expect((await edited(ODD, append(row))).toString()).toBe(`${ODD}\r\nd@x.co,D\r\n`);
    expect((await edited(`${ODD}\r\n`, append(row))).toString()).toBe(`${ODD}\r\nd@x.co,D\r\n`);
  });

  it('gets a column without changes to the rows', async () => {
    const after = await edited(ODD, { columns: ['tags'], ...append({ email: 'd@x.co', tags: 'a;b' }) });
    expect(after.toString()).toBe(`${ODD.replace('"First Name"', '"First Name",tags')}\r\nd@x.co,,a;b\r\n`);
  });

  it('refuses a column that would give an invalid row a value', async () => {
    const list = 'email,name\na@x.co,A,surplus\n';
    await expect(edited(list, { columns: ['tags'] })).rejects.toThrow(
      /list\.csv:2:1 .*"tags" cannot be added/,
    );
    expect((await edited(list, append({ email: 'd@x.co' }))).toString()).toBe(`${list}d@x.co,\n`);
  });

  it('is created if there is none', async () => {
    const after = await edited(undefined, {
      columns: ['company'],
      ...append({ email: 'd@x.co', company: 'X' }),
    });
    expect(after.toString()).toBe(
      'email,first_name,last_name,status,tags,subscribed_at,company\nd@x.co,,,,,,X\n',
    );
  });

  it('is not written when another program changed it', async () => {
    const path = listOf('email\na@x.co\n');
    const { bytes } = await editList(path, 'list.csv', {
      columns: [],
      change: (rows) => {
        writeFileSync(path, 'email\na@x.co\nb@x.co\n');
        return rows.map(() => 'keep');
      },
    });
    await expect(writeFile(path, bytes)).rejects.toMatchObject({
      ...{ message: 'list.csv changed while obn was working; nothing was written', exitCode: 4 },
      hint: 'run the same command again',
    });
    expect(readFileSync(path, 'utf8')).toBe('email\na@x.co\nb@x.co\n');
  });
});
