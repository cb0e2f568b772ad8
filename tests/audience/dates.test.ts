import { describe, expect, it } from 'vitest';
import { dateOf, isIsoDate } from '../../src/audience/dates.js';

describe('a date', () => {
  it.each([
    ['2019-02-14', '2019-02-14'],
    ['2019-02', '2019-02'],
    ['2020-01-02 03:04:05', '2020-01-02 03:04:05'],
    ['2024-03-01T10:00:00.000Z', '2024-03-01T10:00:00.000Z'],
    ['2/14/2019', '2019-02-14'],
    ['14/2/2019', '2019-02-14'],
    ['14.02.2019', '2019-02-14'],
    ['05.06.2019', '2019-06-05'],
    ['2/14/19 1:05 PM', '2019-02-14T13:05:00'],
    ['12/31/2018 12:00 AM', '2018-12-31T00:00:00'],
    ['14-02-2019 08:09', '2019-02-14T08:09:00'],
    ['2019/2/3', '2019-02-03'],
    ['Feb 14, 2019', '2019-02-14'],
    ['14 February 2019', '2019-02-14'],
    ['1550102400', '2019-02-14T00:00:00.000Z'],
    ['1550102400000', '2019-02-14T00:00:00.000Z'],
  ])('%s is read as %s', (text, iso) => {
    expect(dateOf(text)).toMatchObject({ iso, isAmbiguous: false });
  });

  it('is ambiguous if day and month may be in either order', () => {
    expect(dateOf('5/6/2019')).toMatchObject({ isAmbiguous: true });
    expect(dateOf('5/6/2019', 'day-first')).toEqual({ iso: '2019-06-05', isAmbiguous: false });
    expect(dateOf('5/6/2019', 'month-first')).toEqual({ iso: '2019-05-06', isAmbiguous: false });
    expect(dateOf('5/5/2019')).toEqual({ iso: '2019-05-05', isAmbiguous: false });
  });

  it.each(['', '2020', 'yesterday', '31.02.2019', '13/13/2019', '2019-02-30', '12', '1/2', '10:30'])(
    'is not "%s"',
    (text) => {
      expect(dateOf(text)).toBeUndefined();
      expect(isIsoDate(text)).toBe(false);
    },
  );
});
