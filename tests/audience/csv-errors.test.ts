import { describe, expect, it } from 'vitest';
import { readColumns, readCsv } from '../../src/audience/csv.js';
import { collect, listOf, rowsOf } from './lists.js';

describe('a list that cannot be read', () => {
  it.each([
    ['is empty', '', 'list.csv:1:1 the list is empty'],
    ['holds only a byte order mark', '\ufeff', 'list.csv:1:1 the list is empty'],
    ['holds only spaces', '  \n\n', 'list.csv:1:1 the list is empty'],
    [
      'has no column with addresses',
      'foo,bar\na@x.example,A\n',
      'list.csv:1:1 has no column "email"; its columns are foo, bar',
    ],
    [
      'has a duplicate column',
      'email,First Name,first-name\n',
      'list.csv:1:1 has two columns named "first_name"',
    ],
    ['has two columns with addresses', 'email,Email\n', 'list.csv:1:1 has two columns named "email"'],
  ])('is reported when it %s', async (_, content, message) => {
    await expect(rowsOf(content)).rejects.toMatchObject({ name: 'ObnError', exitCode: 3, message });
  });

  it('has a hint when a column is similar to email', async () => {
    await expect(rowsOf('mail,first_name\n')).rejects.toMatchObject({
      hint: 'rename the column with the addresses to "email"',
    });
    await expect(rowsOf('foo,bar\n')).rejects.toMatchObject({
      hint: 'name the column with the addresses "email"',
    });
  });

  it('is not caused by a quote inside a value, which is kept', async () => {
    const rows = await rowsOf('email,n\na@x.example,Ada "C" L\nb@x.example,B\n');
    expect(rows.map(({ values }) => values.n)).toEqual(['Ada "C" L', 'B']);
  });

  it('is named when it does not exist', async () => {
    await expect(collect(readCsv('/nowhere/list.csv', 'list.csv'))).rejects.toMatchObject({
      exitCode: 3,
      message: 'cannot read /nowhere/list.csv: no such file or folder',
    });
  });
});

describe('a list with a broken quote in the header', () => {
  it.each([
    ['never closed', 'email,"first_name\na@x.example,A\n'],
    ['closed among the rows', 'email,"first_name\na@x.example,A\nb@x.example,"B"\n'],
    ['followed by text', 'email,"first" name\na@x.example,A\n'],
  ])('is refused with %s', async (_, text) => {
    await expect(rowsOf(text)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/^list\.csv:1:1 the header cannot be read: /),
    });
  });
});

describe('a list that is not UTF-8', () => {
  it.each([
    ['in a row', 'email,first_name\na@x.example,Ren\xe9e\n'],
    ['in its header', 'email,pr\xe9nom\na@x.example,x\n'],
    ['in its last letter', 'email,first_name\na@x.example,Ren\xe9'],
  ])('is refused with %s', async (_, text) => {
    await expect(rowsOf(Buffer.from(text, 'latin1'))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('is not UTF-8 text'),
      hint: 'export the list as "CSV UTF-8"',
    });
  });
});

describe('the columns of a list', () => {
  it('have the same errors as the rows', async () => {
    await expect(readColumns(listOf(''), 'list.csv')).rejects.toThrow('list.csv:1:1 the list is empty');
    await expect(readColumns(listOf('a,b\n'), 'list.csv')).rejects.toThrow('has no column "email"');
  });

  it('are read without the rest of the file', async () => {
    const path = listOf('email,n\na@x.example,"never closed\n');
    expect(await readColumns(path, 'list.csv')).toEqual(['email', 'n']);
  });
});
