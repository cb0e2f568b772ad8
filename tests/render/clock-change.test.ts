import { describe, expect, it } from 'vitest';
import { clockChangeAt, instantOf } from '../../src/render/date-view.js';

const at = (iso: string, zone: string) => new Date(instantOf(iso, zone)).toISOString().slice(0, 16);

describe('instantOf', () => {
  it.each([
    ['2026-03-07T09:00', 'America/New_York', '2026-03-07T14:00'],
    ['2026-03-08T01:59', 'America/New_York', '2026-03-08T06:59'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30'],
    ['2026-03-08T03:00', 'America/New_York', '2026-03-08T07:00'],
    ['2026-11-01T00:59', 'America/New_York', '2026-11-01T04:59'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30'],
    ['2026-11-01T01:30-05:00', 'America/New_York', '2026-11-01T06:30'],
    ['2026-11-01T01:30-0500', 'America/New_York', '2026-11-01T06:30'],
    ['2026-11-01T05:30Z', 'America/New_York', '2026-11-01T05:30'],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30'],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45'],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00'],
    ['2026-03-10T09:00[America/New_York]', 'Europe/Berlin', '2026-03-10T13:00'],
    ['2026-03-10T09:00-04:00[America/New_York]', 'Europe/Berlin', '2026-03-10T13:00'],
    ['2026-03-10T13:00Z[America/New_York]', 'Europe/Berlin', '2026-03-10T13:00'],
    ['2026-11-01T01:30[America/New_York]', 'Europe/Berlin', '2026-11-01T05:30'],
  ])('%s in %s is %sZ', (iso, zone, expected) => {
    expect(at(iso, zone)).toBe(expected);
  });

  it('returns the last instant of a day with a clock change', () => {
    expect(new Date(instantOf('2026-03-08', 'America/New_York', 'end')).toISOString()).toBe(
      '2026-03-09T03:59:59.999Z',
    );
  });
});

describe('clockChangeAt', () => {
  it.each([
    ['2026-03-08T02:00', 'America/New_York', { kind: 'missing', instead: '2026-03-08T03:00' }],
    ['2026-03-08T02:59', 'America/New_York', { kind: 'missing', instead: '2026-03-08T03:59' }],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', { kind: 'missing', instead: '2026-10-04T02:45' }],
    ['2011-12-30T12:00', 'Pacific/Apia', { kind: 'missing', instead: '2011-12-31T12:00' }],
    ['2026-03-08T02:30[America/New_York]', 'UTC', { kind: 'missing', instead: '2026-03-08T03:30' }],
    ['2026-03-08T02:30[UTC]', 'America/New_York', undefined],
    ['2026-11-01T01:00', 'America/New_York', { kind: 'twice', offsets: ['-04:00', '-05:00'] }],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', { kind: 'twice', offsets: ['+11:00', '+10:30'] }],
  ])('describes %s in %s', (iso, zone, expected) => {
    expect(clockChangeAt(iso, zone)).toEqual(expected);
  });

  it.each([
    ['2026-03-08T01:59', 'America/New_York'],
    ['2026-03-08T03:00', 'America/New_York'],
    ['2026-11-01T00:59', 'America/New_York'],
    ['2026-11-01T02:00', 'America/New_York'],
    ['2026-11-01T01:30-04:00', 'America/New_York'],
    ['2026-11-01T01:30Z', 'America/New_York'],
    ['2026-03-08', 'America/New_York'],
    ['2026-11-01T01:30', 'UTC'],
  ])('returns nothing for %s in %s', (iso, zone) => {
    expect(clockChangeAt(iso, zone)).toBeUndefined();
  });
});
