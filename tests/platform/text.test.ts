import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/platform/files.js';
import { conflictLine } from '../../src/platform/text.js';
import { makeNewsletter } from '../support/newsletter.js';

function read(content: string): Promise<string> {
  const path = makeNewsletter().path('text.md');
  writeFileSync(path, content);
  return readText(path);
}

describe('a text file', () => {
  it.each([
    ['LF', 'a\n\nb\n'],
    ['CRLF', 'a\r\n\r\nb\r\n'],
    ['CR', 'a\r\rb\r'],
    ['a mixture', 'a\r\n\rb\n'],
    ['a byte order mark', '\ufeffa\n\nb\n'],
  ])('reads the same with %s', async (_, content) => {
    expect(await read(content)).toBe('a\n\nb\n');
  });

  it('with a merge conflict is an error at its first marker', async () => {
    await expect(read('one\r\n<<<<<<< HEAD\r\ntwo\r\n=======\r\n>>>>>>> side\r\n')).rejects.toMatchObject({
      line: 2,
      rule: 'file/conflict',
      reason: 'unresolved git merge conflict',
    });
  });
});

describe('the line of a merge conflict', () => {
  it.each([
    ['begins one', 'a\n<<<<<<< HEAD\n', 2],
    ['ends one', '>>>>>>> feature/x\n', 1],
    ['stands without a name', '<<<<<<<\n', 1],
    ['is a heading in Markdown', 'Heading\n=======\n', undefined],
    ['is indented, as in code', '    <<<<<<< HEAD\n', undefined],
    ['is a quotation', '>>>>>> six\n', undefined],
    ['is longer', '<<<<<<<<<< ten\n', undefined],
  ])('is not found if %s', (_, text, line) => {
    expect(conflictLine(text)).toBe(line);
  });
});
