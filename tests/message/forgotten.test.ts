import { describe, expect, it } from 'vitest';
import { FORGOTTEN } from '../../src/ledger/reader-store.js';
import { ForgottenKeys } from '../../src/message/forgotten.js';
import { UnsubscribeTokens } from '../../src/message/token.js';

const KEY = 'jane@example.com';

describe('the hash of a forgotten address', () => {
  it('is deterministic and unique to address and secret', () => {
    const hash = new ForgottenKeys(['secret']).hash(KEY);
    expect(hash).toMatch(/^hash:[0-9a-f]{8}:[0-9a-f]{64}$/);
    expect(hash.startsWith(FORGOTTEN)).toBe(true);
    expect(new ForgottenKeys(['secret']).hash(KEY)).toBe(hash);
    expect(new ForgottenKeys(['secret']).hash('jane@example.org')).not.toBe(hash);
    expect(new ForgottenKeys(['other']).hash(KEY)).not.toBe(hash);
  });

  it('is found with a new secret while the old one is listed', () => {
    const old = new ForgottenKeys(['old']).hash(KEY);
    const both = new ForgottenKeys(['new', 'old']);
    expect(both.hash(KEY)).not.toBe(old);
    expect(both.forms(KEY)).toEqual([both.hash(KEY), old]);
    expect([both.recognises(old), new ForgottenKeys(['new']).recognises(old)]).toEqual([true, false]);
  });

  it('differs from an unsubscribe token', () => {
    const token = Buffer.from(new UnsubscribeTokens('secret', '').issue(KEY).slice(1), 'base64url');
    const hash = new ForgottenKeys(['secret']).hash(KEY).split(':')[2] ?? '';
    expect(token.toString('hex')).not.toContain(hash.slice(0, 16));
  });

  it('needs a secret', () => {
    expect(() => new ForgottenKeys([]).hash(KEY)).toThrow(RangeError);
    expect(new ForgottenKeys([]).forms(KEY)).toEqual([]);
  });
});
