import { describe, expect, it } from 'vitest';
import { openNewsletter, readNewsletter } from '../../src/config/load.js';
import { BASE, folderWith } from './folder.js';

const withId = (id: string) => BASE.replace('  name:', `  id: ${id}\n  name:`);

async function idOf(text: string): Promise<string> {
  return (await openNewsletter(folderWith(text), {})).config.newsletter.id;
}

describe('the id of a newsletter', () => {
  it('is made from its name and host when obn.yaml has none', async () => {
    expect(await idOf(BASE)).toBe('n.n.example');
  });

  it.each([
    ['weekly.example.com', 'weekly.example.com'],
    ['a-b_1.example', 'a-b_1.example'],
    ['The-Weekly.Example.COM', 'the-weekly.example.com'],
  ])('is %s as written, in lowercase', async (written, id) => {
    expect(await idOf(withId(written))).toBe(id);
  });

  it.each([
    ['one word', 'weekly', 'must be letters, digits, hyphens and dots, such as my-newsletter.example.com'],
    ['a space', '"the weekly.example.com"', 'must be letters'],
    ['brackets', '"<weekly.example.com>"', 'must be letters'],
    ['an empty label', 'weekly..example.com', 'must be letters'],
    ['a dot at the end', 'weekly.example.com.', 'must be letters'],
    ['a letter outside of ASCII', 'wöchentlich.example.com', 'must be letters'],
    ['a line break', '"weekly.example.com\\n"', 'must be letters'],
    ['nothing', '""', 'must be letters'],
    ['a number', '1.5', 'must be text'],
    ['too much', `${'a'.repeat(250)}.example.com`, 'must have at most 255 characters'],
  ])('is refused with %s', async (_, written, message) => {
    const loaded = await readNewsletter(folderWith(withId(written)), {});
    expect('findings' in loaded && loaded.findings).toMatchObject([
      { line: 2, column: 7, message: expect.stringContaining(message) },
    ]);
  });
});
