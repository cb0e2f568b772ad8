import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ConfirmationTokens,
  tokenParameter,
  UnsubscribeTokens,
  unsubscribeLink,
} from '../../src/message/token.js';

const tokens = new UnsubscribeTokens('secret', 'weekly.n.example');
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const key = fc.emailAddress();

describe('a one-click unsubscribe token', () => {
  it('identifies its reader and is the same each time', () => {
    fc.assert(
      fc.property(key, (address) => {
        const token = tokens.issue(address);
        expect(token).toMatch(/^[\w-]{24,512}$/);
        expect(tokens.issue(address)).toBe(token);
        expect(tokens.verify(token)).toBe(address);
      }),
      { numRuns: 300 },
    );
  });

  it('works for the longest address', () => {
    const longest = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`;
    expect(longest).toHaveLength(254);
    expect(tokens.verify(tokens.issue(longest))).toBe(longest);
  });

  it('does not reveal the address', () => {
    const token = tokens.issue('jane@example.com');
    expect(Buffer.from(token.slice(1), 'base64url').toString('latin1')).not.toContain('jane');
  });

  it.each(['a@b.co', 'ab@b.co', 'abc@b.co', 'jane.doe@example.com'])(
    'of %s is invalid with any character changed',
    (address) => {
      const token = tokens.issue(address);
      const accepted: string[] = [];
      for (let at = 0; at < token.length; at++) {
        for (const letter of ALPHABET) {
          const changed = token.slice(0, at) + letter + token.slice(at + 1);
          if (changed !== token && tokens.verify(changed) !== undefined) accepted.push(changed);
        }
      }
      expect(accepted).toEqual([]);
    },
  );

  it('is invalid if longer, shorter or swapped', () => {
    const token = tokens.issue('jane@example.com');
    for (let length = 0; length < token.length; length++)
      expect(tokens.verify(token.slice(0, length))).toBeUndefined();
    for (const more of ['A', 'AA', '=', '==', ' ', '\n', '&x=y'])
      expect(tokens.verify(token + more)).toBeUndefined();
    expect(tokens.verify([...token].reverse().join(''))).toBeUndefined();
  });

  it('is invalid for another list or secret', () => {
    fc.assert(
      fc.property(key, fc.string(), fc.string(), (address, secret, list) => {
        fc.pre(secret !== 'secret' && list !== 'weekly.n.example');
        const token = tokens.issue(address);
        expect(new UnsubscribeTokens(secret, 'weekly.n.example').verify(token)).toBeUndefined();
        expect(new UnsubscribeTokens('secret', list).verify(token)).toBeUndefined();
      }),
    );
  });

  it('differs for a list and reader with the same concatenation', () => {
    const one = new UnsubscribeTokens('secret', 'a');
    const other = new UnsubscribeTokens('secret', 'ab');
    expect(other.verify(one.issue('bc@x.example'))).toBeUndefined();
  });

  it('cannot be guessed', () => {
    const letters = fc
      .array(fc.constantFrom(...ALPHABET), { maxLength: 200 })
      .map((all) => `1${all.join('')}`);
    fc.assert(
      fc.property(fc.oneof(letters, fc.string({ unit: 'binary' })), (token) => {
        expect(tokens.verify(token)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a replaced secret', () => {
  const both = new UnsubscribeTokens(['new', 'secret'], 'weekly.n.example');

  it('keeps old links valid and signs with the new secret', () => {
    const old = tokens.issue('jane@example.com');
    expect(both.verify(old)).toBe('jane@example.com');
    expect(both.issue('jane@example.com')).not.toBe(old);
    expect(new UnsubscribeTokens('new', 'weekly.n.example').verify(both.issue('a@b.co'))).toBe('a@b.co');
  });

  it('invalidates its links once it is removed', () => {
    const only = new UnsubscribeTokens(['new'], 'weekly.n.example');
    expect(only.verify(tokens.issue('jane@example.com'))).toBeUndefined();
  });

  it('must not be empty', () => {
    expect(() => new UnsubscribeTokens([], 'weekly.n.example').issue('a@b.co')).toThrow(RangeError);
  });
});

describe('a confirmation token', () => {
  const confirmations = new ConfirmationTokens('secret', 'weekly.n.example');

  it('contains everything to confirm', () => {
    fc.assert(
      fc.property(key, fc.nat(), fc.dictionary(fc.string(), fc.string()), (address, issuedAt, fields) => {
        const token = confirmations.issue({ address, issuedAt, fields });
        expect(confirmations.verify(token)).toEqual({ address, issuedAt, fields });
      }),
    );
  });

  it('is not valid as an unsubscribe token, or vice versa', () => {
    const confirmation = { address: 'jane@example.com', issuedAt: 1, fields: {} };
    expect(tokens.verify(confirmations.issue(confirmation))).toBeUndefined();
    expect(confirmations.verify(tokens.issue('[1,"jane@example.com",{}]'))).toBeUndefined();
  });
});

describe('the link with a token', () => {
  it.each([
    ['https://n.example/u', 'https://n.example/u?token=T'],
    ['https://n.example/u/', 'https://n.example/u/T'],
    ['https://n.example/u?list=3', 'https://n.example/u?list=3&token=T'],
    ['https://n.example/u?t=', 'https://n.example/u?t=T'],
  ])('at %s is %s', (url, link) => {
    expect(unsubscribeLink(url, 'T')).toBe(link);
    const { pathname, searchParams } = new URL(link);
    const name = tokenParameter(url);
    expect(name === undefined ? pathname.split('/').at(-1) : searchParams.get(name)).toBe('T');
  });
});
