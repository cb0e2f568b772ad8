import { describe, expect, it } from 'vitest';
import { buildIndex } from '../../../src/site/search/build.js';
import type { WordFile } from '../../../src/site/search/format.js';
import { rank, termsOf } from '../../../src/site/search/page/search/find.js';
import { fileOf } from '../../../src/site/search/page/search/words.js';
import { temporaryFolder } from '../temporary.js';
import { documents, type Text } from './documents.js';

const TEXTS: readonly Text[] = [
  { number: 1, title: 'Cold starts', text: 'A monolith sleeps. Serverless functions do not.' },
  { number: 2, title: 'Monoliths', text: 'Everything about one thing, and about C.' },
  { number: 3, title: 'Queues', text: 'A queue is no function; constructor and prototype are words.' },
  { number: 4, title: '夜明け', text: 'サーバーレスの夜明けについて' },
  { number: 5, title: 'Crème brûlée', text: 'A monolith again, monolith upon monolith.' },
];

/** The numbers of the issues that a query finds. */
async function find(query: string): Promise<number[]> {
  const { index, files } = await buildIndex(documents(TEXTS), temporaryFolder());
  const terms = termsOf(query);
  const read = terms.map(async ({ word }): Promise<WordFile> => {
    const path = `search/words/${index.words[fileOf(word)]}`;
    return JSON.parse(String((await files.find((file) => file.path === path)?.read()) ?? '{}'));
  });
  return rank(terms, await Promise.all(read), TEXTS.length).map(({ number }) => number);
}

describe('a query', () => {
  it.each([
    ['the title before the text', 'monoliths', [2]],
    ['beginnings of words, and the whole word first', 'monolith', [2, 5, 1]],
    ['a word that is only begun', 'mon', [2, 5, 1]],
    ['all of its words', 'monolith serverless', [1]],
    ['the most of its words where no issue has all', 'queues unheard', [3]],
    ['words that are spelled nearly so', 'servreless', [1]],
    ['accents or none', 'creme BRULEE', [5]],
    ['a single letter as a word', 'c', [2]],
    ['a script without spaces', 'サーバーレス', [4]],
    ['a single letter of such a script', '夜', [4]],
    ['words that JavaScript knows', 'constructor', [3]],
    ['nothing for what nobody wrote', 'zebra', []],
    ['nothing for the name of what every object has', 'hasOwnProperty toString', []],
    ['nothing for signs', '?!*', []],
    ['nothing for nothing', ' ', []],
  ])('finds %s', async (_, query, numbers) => {
    expect(await find(query)).toEqual(numbers);
  });
});
