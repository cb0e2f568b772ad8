import { describe, expect, it } from 'vitest';
import { rowsOf } from './lists.js';

const linesOf = async (content: string) =>
  (await rowsOf(content)).map(({ line, values }) => [line, values.email ?? '']);

const NOTES = 'email,note,x\na@x.example,"one\ntwo",1\nb@x.example,"1\n2\n3",2\n\n\nc@x.example,z,3\n';
const NUMBERS = [
  [2, 'a@x.example'],
  [4, 'b@x.example'],
  [9, 'c@x.example'],
];

describe('the line of a row', () => {
  it('is its first line, after quoted line breaks and empty lines', async () => {
    expect(await linesOf(NOTES)).toEqual(NUMBERS);
  });

  it('is the same with Windows line ends', async () => {
    expect(await linesOf(NOTES.replaceAll('\n', '\r\n'))).toEqual(NUMBERS);
  });

  it('is the same with Windows line ends and Excel line breaks in quotes', async () => {
    const text = NOTES.replaceAll('\n', '\r\n').replaceAll(/"[^"]*"/g, (quoted) =>
      quoted.replaceAll('\r', ''),
    );
    expect(await linesOf(text)).toEqual(NUMBERS);
  });

  it('counts a header of two lines', async () => {
    expect(await linesOf('email,"first\nname"\na@x.example,A\n')).toEqual([[3, 'a@x.example']]);
  });

  it('is right when a value contains only line breaks', async () => {
    expect(await linesOf('email,n\na@x.example,"\n\n"\nb@x.example,x\n')).toEqual([
      [2, 'a@x.example'],
      [5, 'b@x.example'],
    ]);
  });
});

describe('a list with mixed line ends', () => {
  const rows = [
    [2, 'a@x.example'],
    [3, 'b@x.example'],
    [4, 'c@x.example'],
  ];

  it('loses no row when plain lines are added to a Windows list', async () => {
    const text = 'email,first_name\r\na@x.example,A\r\nb@x.example,B\nc@x.example,C\n';
    expect(await linesOf(text)).toEqual(rows);
  });

  it('has the right lines when Windows rows are added to a plain list', async () => {
    const text = 'email,first_name\na@x.example,A\nb@x.example,B\r\nc@x.example,C\r\n';
    expect(await linesOf(text)).toEqual(rows);
  });
});
