import { describe, expect, it } from 'vitest';
import { minutesToRead, wordsOf } from '../../src/site/feeds/html-to-text.js';
import { isPublic, publishedAt } from '../../src/site/issue-facts.js';

const NEW_YORK = 'America/New_York';

describe('an issue', () => {
  it('is public once its day has begun in the newsletter time zone', () => {
    const issue = { draft: false, date: '2026-03-08' };
    expect(isPublic(issue, Date.parse('2026-03-08T04:59:59Z'), NEW_YORK)).toBe(false);
    expect(isPublic(issue, Date.parse('2026-03-08T05:00:00Z'), NEW_YORK)).toBe(true);
    expect(isPublic(issue, Date.parse('2026-03-07T11:00:00Z'), 'Pacific/Auckland')).toBe(true);
  });

  it('is not public if it is a draft', () => {
    expect(isPublic({ draft: true, date: '2001-01-01' }, Date.parse('2026-01-01'), 'UTC')).toBe(false);
  });

  it.each([
    [{ date: '2026-07-01' }, '2026-07-01T00:00:00-04:00'],
    [{ date: '2026-07-01', send_at: '2026-07-01T09:30' }, '2026-07-01T09:30:00-04:00'],
    [{ date: '2026-07-01', send_at: '2026-07-01T09:30Z' }, '2026-07-01T05:30:00-04:00'],
  ])('%j was published at %s', (issue, moment) => {
    expect(publishedAt(issue as { date: string; send_at: string | undefined }, NEW_YORK)).toBe(moment);
  });
});

describe('the text of a page', () => {
  it('is the visible text', () => {
    const html = '<p title="a > b">Tom &amp; &#74;erry&nbsp;&#x2014; <!-- not > this --><b>fine</b></p>';
    expect(wordsOf(html)).toBe('Tom & Jerry — fine');
  });

  it('has no extra space after links and emphasis', () => {
    expect(wordsOf('<p>A <a href="x">mono<em>lith</em></a>, and more.</p><p>End</p>')).toBe(
      'A monolith, and more. End',
    );
  });

  it('determines the reading time', () => {
    expect(minutesToRead('word '.repeat(238 * 4).trim())).toBe(4);
    expect(minutesToRead('語'.repeat(1500))).toBe(3);
    expect(minutesToRead('')).toBe(1);
  });

  it.each([
    ['Thai', 'ภาษาไทยไม่มีช่องว่างระหว่างคำ', 7],
    ['Lao', 'ສະບາຍດີຊາວໂລກ', 2],
    ['Khmer', 'សួស្តីពិភពលោក', 2],
    ['Burmese', 'မင်္ဂလာပါကမ္ဘာလောက', 4],
  ])('counts words of %s, which has no spaces', (_, sentence, words) => {
    const times = Math.ceil((5 * 238) / words);
    expect(minutesToRead(sentence.repeat(times))).toBe(5);
    expect(minutesToRead(`${sentence} `.repeat(times))).toBe(5);
  });
});
