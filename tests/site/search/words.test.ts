import { describe, expect, it } from 'vitest';
import { fileOf, wordsOf } from '../../../src/site/search/page/search/words.js';

describe('the words of a text', () => {
  it.each([
    ['Cold starts, WARM hearts!', 'cold starts warm hearts'],
    ["don’t, don't", 'dont dont'],
    ['Crème brûlée à la Zürich', 'creme brulee a la zurich'],
    ['“smart” — quotes…', 'smart quotes'],
    ['Node.js v20 and C++', 'node js v20 and c'],
    ['Ещё один ΆΛΛΟ', 'еще один αλλο'],
    ['שָׁלוֹם مُحَمَّد', 'שלום محمد'],
    ['हिन्दी', 'हिन्दी'],
    ['日本語', '日本 本語'],
    ['サーバー less', 'サー ーバ バー less'],
    ['AWS入門', 'aws 入門'],
    ['語', '語'],
    ['서버리스', '서버리스'],
    ['🤔 … !', ''],
  ])('of %s are %s', (text, words) => {
    expect(wordsOf(text).join(' ')).toBe(words);
  });

  it('are the same for any encoding of accents', () => {
    expect(wordsOf('cafe\u0301 がく')).toEqual(wordsOf('café か\u3099く'));
  });
});

describe('the file of a word', () => {
  it.each([
    ['monolith', 'mo'],
    ['c', 'c_'],
    ['2018', '20'],
    ['над', '-43d-430'],
    ['日本', 'u32f'],
    ['日', 'u32f'],
    ['constructor', 'co'],
    ['𝒳𝒴', 'uea5'],
  ])('of %s is %s', (word, name) => {
    expect(fileOf(word)).toBe(name);
  });

  it('is the same for every word with the typed prefix', () => {
    for (const word of ['serverless', 'надежда', '日本', 'ελλάδα', 'שלום']) {
      expect(fileOf(word.slice(0, 2))).toBe(fileOf(word));
    }
  });
});
