import { describe, expect, it } from 'vitest';
import { settlementFor, waitAfter } from '../../src/delivery/retry.js';
import { accepted, claim, deferred, refused, rejected, throttled, unknown } from './answers.js';

const NOW = 1_000_000;
const WHY = { code: '451', reason: 'try later' };

describe('the state of a delivery', () => {
  it.each([
    ['accepted is sent', accepted, { state: 'accepted', messageId: 'm-1' }],
    ['rejected is over', rejected, { state: 'rejected', code: '550', reason: 'no such user' }],
    [
      'unknown is over, and never tried again by itself',
      unknown,
      { state: 'unknown', code: 'ECONNRESET', reason: 'the connection broke' },
    ],
    [
      'refused like all others was not sent, and may go at once',
      refused,
      { state: 'queued', tries: 0, notBefore: 0, code: 'Paused', reason: 'your account is paused' },
    ],
    ['put off is tried again', deferred, { state: 'queued', tries: 1, notBefore: NOW + 1_000, ...WHY }],
    [
      'throttled is tried again soon',
      throttled,
      { state: 'queued', tries: 0, notBefore: NOW + 500, code: '429', reason: 'slow down' },
    ],
  ])('that is %s', (_, result, settlement) => {
    expect(settlementFor(claim(1), result, NOW)).toEqual({ sequence: 7, attempt: 1, ...settlement });
  });

  it('is about its reader if the pace is given as the reason repeatedly', () => {
    expect(settlementFor(claim(1), throttled, NOW, 19)).toMatchObject({ state: 'queued', tries: 0 });
    expect(settlementFor(claim(1), throttled, NOW, 20)).toMatchObject({ state: 'queued', tries: 1 });
    expect(settlementFor(claim(6), throttled, NOW, 25)).toMatchObject({ state: 'rejected' });
  });

  it('that is put off again waits twice as long each time, then is rejected with the last reason', () => {
    const settlements = [1, 2, 3, 4, 5, 6].map((attempt) => settlementFor(claim(attempt), deferred, NOW));
    expect(settlements.slice(0, 5).map((one) => one.state === 'queued' && one.notBefore - NOW)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000,
    ]);
    expect(settlements[5]).toEqual({
      sequence: 7,
      attempt: 6,
      state: 'rejected',
      code: '451',
      reason: 'deferred 6 times, the last time: try later',
    });
  });

  it('that is throttled is never given up for it', () => {
    expect(settlementFor(claim(1_000), throttled, NOW)).toMatchObject({
      state: 'queued',
      notBefore: NOW + 500,
    });
  });

  it.each([accepted, rejected, deferred, throttled, unknown, refused])(
    'carries the attempt that it is about: $kind',
    (result) => {
      expect(settlementFor(claim(3), result, NOW)).toMatchObject({ sequence: 7, attempt: 3 });
    },
  );
});

describe('the wait after an attempt', () => {
  it('is doubled each time, up to a minute', () => {
    expect([1, 2, 3, 6, 7, 8, 100].map(waitAfter)).toEqual([
      1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });
});
