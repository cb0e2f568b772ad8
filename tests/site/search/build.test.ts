import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BuiltIndex, buildIndex } from '../../../src/site/search/build.js';
import type { WordFile } from '../../../src/site/search/format.js';
import { temporaryFolder } from '../temporary.js';
import { documents, type Text } from './documents.js';

const TEXTS: readonly Text[] = [
  { number: 1, title: 'Cold starts', text: 'Functions that sleep, and monoliths' },
  { number: 2, title: 'Queues', text: 'Queues, queues and a monolith' },
];

/** The whole index as it would be served, with the content of every file. */
async function whole({ index, files }: BuiltIndex) {
  const read = files.map(async ({ path, read }) => [path, String(await read())] as const);
  return { index, files: Object.fromEntries(await Promise.all(read)) };
}

const wordFile = async (built: BuiltIndex, name: string): Promise<WordFile> => {
  const path = `search/words/${built.index.words[name]}`;
  return JSON.parse(String(await built.files.find((file) => file.path === path)?.read()));
};

describe('the search index', () => {
  it('contains the issues, newest first, with their text files', async () => {
    const built = await buildIndex(documents(TEXTS), temporaryFolder());
    const { index, files } = await whole(built);
    expect(index.issues.map(([number, title, , url]) => [number, title, url])).toEqual([
      [2, 'Queues', '/issues/2/'],
      [1, 'Cold starts', '/issues/1/'],
    ]);
    const text = JSON.parse(files[`search/texts/${index.issues[0]?.[4]}`] ?? '');
    expect(text[1]).toEqual(['main', 'Main thing', 'Queues, queues and a monolith']);
  });

  it('contains the issues of each word, and weighs titles higher than text', async () => {
    const built = await buildIndex(documents(TEXTS), temporaryFolder());
    const mo = await wordFile(built, 'mo');
    expect(Object.keys(mo)).toEqual(['monolith', 'monoliths']);
    expect(mo.monolith?.[0]).toBe(2);
    const qu = await wordFile(built, 'qu');
    expect(qu.queues?.[1]).toBeGreaterThan(mo.monolith?.[1] ?? 0);
  });

  it('is the same after incremental and full builds', async () => {
    const words = fc.array(fc.constantFrom('alpha', 'alps', 'beta', 'constructor', 'γάμμα', '日本語', 'c'), {
      maxLength: 6,
    });
    const issues = fc.uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 6 }), words }), {
      selector: ({ number }) => number,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(issues, { minLength: 1, maxLength: 4 }), async (steps) => {
        const cache = temporaryFolder();
        const texts = steps.map((step) =>
          step.map(({ number, words }) => ({ number, title: words[0] ?? 'none', text: words.join(' ') })),
        );
        const built: BuiltIndex[] = [];
        for (const step of texts) built.push(await buildIndex(documents(step), cache));
        const last = built.at(-1);
        const fresh = await buildIndex(documents(texts.at(-1) ?? []), temporaryFolder());
        expect(last && (await whole(last))).toEqual(await whole(fresh));
      }),
      { numRuns: 60 },
    );
  });

  it('reads only changed issues and keeps other word files', async () => {
    const cache = temporaryFolder();
    const before = await whole(await buildIndex(documents(TEXTS), cache));
    const read: number[] = [];
    const changed = TEXTS.map((text) => (text.number === 2 ? { ...text, text: 'Queues and topics' } : text));
    const built = await buildIndex(documents(changed, read), cache);
    expect(read).toEqual([2]);
    const after = await whole(built);
    expect(after.index.words.fu).toBe(before.index.words.fu);
    expect(after.index.words.mo).not.toBe(before.index.words.mo);
    expect(after.index.words.to).toBeDefined();
  });

  it('reads nothing when nothing has changed', async () => {
    const cache = temporaryFolder();
    await buildIndex(documents(TEXTS), cache);
    const read: number[] = [];
    await buildIndex(documents(TEXTS, read), cache);
    expect(read).toEqual([]);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -200)],
    ['of another version', (text: string) => text.replace('"version":1', '"version":0')],
    ['no JSON', () => 'x'],
    ['empty', () => ''],
  ])('is rebuilt if the state is %s', async (_, spoil) => {
    const cache = temporaryFolder();
    const first = await whole(await buildIndex(documents(TEXTS), cache));
    const path = join(cache, 'search.jsonl');
    writeFileSync(path, spoil(readFileSync(path, 'utf8')));
    const read: number[] = [];
    expect(await whole(await buildIndex(documents(TEXTS, read), cache))).toEqual(first);
    expect(read).toEqual([1, 2, ...read.slice(2)]);
  });

  it('is empty without issues', async () => {
    const built = await buildIndex([], temporaryFolder());
    expect(built).toEqual({ index: { issues: [], words: {} }, files: [] });
  });
});
