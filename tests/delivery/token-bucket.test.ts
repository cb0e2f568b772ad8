import { expect, it } from 'vitest';
import { TokenBucket } from '../../src/delivery/token-bucket.js';

it('starts with one token', () => {
  expect(new TokenBucket(1, 0.2).level).toBe(1);
});

it('fills at its speed, up to one call plus the room', () => {
  const bucket = new TokenBucket(2, 0.5);
  bucket.fill(0.1, 10, 1);
  expect(bucket.level).toBe(3);
  bucket.fill(60, 10, 1);
  expect(bucket.level).toBe(6);
});

it('refills a negative balance first', () => {
  const bucket = new TokenBucket(1, 1);
  bucket.spend(11);
  expect([bucket.level, bucket.missing(1)]).toEqual([-10, 11]);
  bucket.fill(1, 10, 1);
  expect(bucket.level).toBe(0);
});

it('waits for less when it fills faster than the rate', () => {
  const bucket = new TokenBucket(2, 1);
  bucket.drain();
  expect(bucket.missing(4)).toBe(2);
});

it('loses saved tokens when it is drained, and keeps a debt', () => {
  const bucket = new TokenBucket(1, 1);
  bucket.drain();
  expect(bucket.level).toBe(0);
  bucket.spend(3);
  bucket.drain();
  expect(bucket.level).toBe(-3);
});
