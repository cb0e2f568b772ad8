import { describe, expect, it } from 'vitest';
import type { SectionText } from '../../../src/site/search/format.js';
import { excerptOf, mark, type Piece } from '../../../src/site/search/page/search/excerpt.js';

const shown = (pieces: readonly Piece[]) =>
  pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('');
const LONG = 'Some words before it. '.repeat(30);

describe('an excerpt', () => {
  const sections: readonly SectionText[] = [
    ['', '', 'An issue about clouds.'],
    ['queues', 'Queues & more', `${LONG}Here queues of a monolith stand. ${LONG}`],
    ['end', 'The end', 'Thanks.'],
  ];

  it('is from the section with the most matches and shows them', () => {
    const { anchor, heading, text } = excerptOf(sections, new Set(['queues', 'monolith']));
    expect(anchor).toBe('queues');
    expect(shown(heading)).toBe('[Queues] & more');
    expect(shown(text)).toMatch(/^… .*Here \[queues\] of a \[monolith\] stand\. .*\u00a0…$/);
    expect(shown(text).length).toBeLessThan(210);
  });

  it('links to the top if only the title matches', () => {
    expect(excerptOf(sections, new Set(['zebra']))).toMatchObject({ anchor: '', heading: [] });
    expect(excerptOf([], new Set(['zebra']))).toEqual({ anchor: '', heading: [], text: [] });
  });

  it('never splits a letter', () => {
    const emoji = '🤔'.repeat(200);
    const { text } = excerptOf([['', '', `${emoji} cloud ${emoji}`]], new Set(['cloud']));
    expect(shown(text).isWellFormed()).toBe(true);
    expect(shown(text)).toContain('[cloud]');
  });
});

describe('an excerpt in a script without spaces', () => {
  it('is cut at word boundaries', () => {
    const words = ['ภาษา', 'ไทย', 'ไม่', 'มี', 'ช่องว่าง', 'ระหว่าง', 'คำ'];
    const before = words.join('').repeat(20);
    const { text } = excerptOf([['', '', `${before}แมว${before}`]], new Set(['แม', 'มว']));
    expect(shown(text)).toContain('[แมว]');
    const [first = '', last = ''] = shown(text)
      .replace(/^… |\u00a0…$/g, '')
      .split('[แมว]');
    expect(words.some((word) => first.startsWith(word))).toBe(true);
    expect(words.some((word) => last.endsWith(word))).toBe(true);
  });
});

describe('the marked words', () => {
  it.each([
    ['ช่วยทำงาน', ['\u0e17\u0e4d', '\u0e4d\u0e32', '\u0e32\u0e07'], 'ช่วย[ทำง]าน'],
    ['Crème brûlée', ['creme'], '[Crème] brûlée'],
    ['Don’t do it', ['dont'], '[Don’t] do it'],
    ['サーバーレスの夜明け', ['サー', 'ーバ', 'バー', '夜明'], '[サーバー]レスの[夜明]け'],
    ['<b>cloud</b>', ['cloud'], '<b>[cloud]</b>'],
    ['clouds', ['cloud'], 'clouds'],
  ])('of %s', (text, words, result) => {
    expect(shown(mark(text, new Set(words)))).toBe(result);
  });

  it('do not change the text', () => {
    const text = 'A cloud, another Cloud; the end';
    expect(
      mark(text, new Set(['cloud']))
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});
