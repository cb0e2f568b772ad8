import { describe, expect, it } from 'vitest';
import { dateView, period } from '../../src/render/date-view.js';

const NEW_YORK = { language: 'en', timezone: 'America/New_York' };
/** Newer versions of ICU put a narrow space before AM and PM. */
const plain = (text: string | undefined) => text?.replace(/[\u202f\u00a0]/g, ' ');

function shown(iso: string, locale = NEW_YORK) {
  const view = dateView(iso, locale);
  return [view.month, view.day, plain(view.long_date), plain(view.time), view.zone];
}

function between(starts: string, ends?: string, locale = NEW_YORK) {
  return plain(period(dateView(starts, locale), ends === undefined ? undefined : dateView(ends, locale)));
}

describe('a date', () => {
  it.each([
    ['2018-09-27', ['Sep', '27', 'September 27, 2018', undefined, 'EDT']],
    ['2018-09-27T13:00', ['Sep', '27', 'September 27, 2018', '1:00 PM', 'EDT']],
    ['2018-12-31T23:59:59', ['Dec', '31', 'December 31, 2018', '11:59 PM', 'EST']],
    ['2018-10-04T18:30+02:00', ['Oct', '4', 'October 4, 2018', '6:30 PM', 'UTC+2']],
    ['2018-10-04T18:30+0530', ['Oct', '4', 'October 4, 2018', '6:30 PM', 'UTC+5:30']],
    ['2018-10-04T18:30+02', ['Oct', '4', 'October 4, 2018', '6:30 PM', 'UTC+2']],
    ['2018-10-04T18:30[Europe/Berlin]', ['Oct', '4', 'October 4, 2018', '6:30 PM', 'GMT+2']],
    ['2018-10-04T18:30+02:00[Europe/Berlin]', ['Oct', '4', 'October 4, 2018', '6:30 PM', 'GMT+2']],
    ['2018-10-04T18:30Z[!America/Denver]', ['Oct', '4', 'October 4, 2018', '12:30 PM', 'MDT']],
    ['2018-10-04T18:30[+05:30]', ['Oct', '4', 'October 4, 2018', '6:30 PM', 'UTC+5:30']],
    ['2018-10-04T23:30Z', ['Oct', '4', 'October 4, 2018', '11:30 PM', 'UTC']],
  ])('%s is shown in its own time zone', (iso, expected) => {
    expect(shown(iso)).toEqual(expected);
  });

  it('keeps the written ISO form', () => {
    expect(dateView('2018-10-04T18:30+02:00', NEW_YORK).iso).toBe('2018-10-04T18:30+02:00');
  });

  it('has an ISO form without a bracketed time zone', () => {
    expect(dateView('2018-10-04T18:30[Europe/Berlin]', NEW_YORK).iso).toBe('2018-10-04T18:30+02:00');
  });

  it('is in the language of the newsletter', () => {
    const german = { language: 'de', timezone: 'Europe/Berlin' };
    expect(shown('2018-03-04T18:30', german)).toEqual(['Mär', '4', '4. März 2018', '18:30', 'MEZ']);
    expect(shown('2018-09-27', { language: 'fr-CA', timezone: 'America/Montreal' })[2]).toBe(
      '27 septembre 2018',
    );
  });
});

describe('a period', () => {
  it.each([
    ['2018-09-27', undefined, 'September 27, 2018'],
    ['2018-09-27T13:00', undefined, 'September 27, 2018, 1:00 PM EDT'],
    ['2018-09-27T13:00', '2018-09-27T14:00', 'September 27, 2018, 1:00 PM – 2:00 PM EDT'],
    ['2018-09-27T13:00', '2018-09-28T14:00', 'September 27, 2018, 1:00 PM – September 28, 2018, 2:00 PM EDT'],
    ['2018-09-27', '2018-09-28', 'September 27, 2018 – September 28, 2018'],
    ['2018-09-27', '2018-09-27', 'September 27, 2018'],
    [
      '2018-11-12T09:00+00:00',
      '2018-11-14T17:00+00:00',
      'November 12, 2018, 9:00 AM – November 14, 2018, 5:00 PM UTC',
    ],
  ])('from %s to %s is %s', (starts, ends, expected) => {
    expect(between(starts, ends)).toBe(expected);
  });

  it('across a clock change shows the zone of both ends', () => {
    expect(between('2018-11-03T13:00', '2018-11-05T13:00')).not.toMatch(/November 5, 2018, 1:00 PM EDT/);
  });
});
