import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/audience/address.js';

describe('a valid address', () => {
  it.each([
    ['jane@example.com', 'jane@example.com'],
    ['  jane@example.com\t', 'jane@example.com'],
    ['\u200bjane@example.com', 'jane@example.com'],
    ['jane@example.com\u200b', 'jane@example.com'],
    ['\u202ajane@example.com\u202c \u200e', 'jane@example.com'],
    ['\u2060\ufeff\u00a0jane@example.com\u00ad', 'jane@example.com'],
    ['Jane.Doe@Example.COM', 'Jane.Doe@example.com'],
    ['user+tag@example.com', 'user+tag@example.com'],
    ["o'brien@example.ie", "o'brien@example.ie"],
    ['info@bücher.example', 'info@xn--bcher-kva.example'],
    ['info@BÜCHER.example', 'info@xn--bcher-kva.example'],
    ['info@xn--bcher-kva.example', 'info@xn--bcher-kva.example'],
    ['yoko@例え.jp', 'yoko@xn--r8jz45g.jp'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('reads %j as %j', (text, address) => {
    expect(parseAddress(text)).toEqual({ address, key: address.toLowerCase() });
  });

  it('has the same key in upper and lower case', () => {
    const keys = ['ada@example.com', 'ADA@EXAMPLE.COM', 'Ada@Example.Com'].map((text) => {
      const parsed = parseAddress(text);
      return 'key' in parsed && parsed.key;
    });
    expect(new Set(keys)).toEqual(new Set(['ada@example.com']));
  });
});

describe('an invalid address', () => {
  it.each(['', '   ', '\t\n'])('is reported as missing in %j', (text) => {
    expect(parseAddress(text)).toEqual({ problem: 'no_address' });
  });

  it.each(['jörg@example.com', '陽子@example.net', 'a\u200bb@example.com', '😀@example.com'])(
    'is reported for a local part that servers do not accept: %j',
    (text) => {
      expect(parseAddress(text)).toEqual({ problem: 'non_ascii_local_part' });
    },
  );

  it.each([
    'jane',
    '@example.com',
    'jane@',
    'jane@localhost',
    'jane@example',
    'jane@@example.com',
    'jane@exa mple.com',
    'ja ne@example.com',
    'jane@127.0.0.1',
    'jane@[127.0.0.1]',
    'jane@example..com',
    'jane@-example.com',
    'jane@example.com.',
    'jane@example.com:25',
    '.jane@example.com',
    'jane.@example.com',
    'ja..ne@example.com',
    'Jane <jane@example.com>',
    'jane@example.com, joe@example.com',
    'jane@example.com; joe@example.com',
    'mailto:jane@example.com?subject=x',
    'ja\0ne@example.com',
    'ja\r\nne@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    `a@${`${'b'.repeat(60)}.`.repeat(5)}com`,
    `${'a'.repeat(10_000)}@example.com`,
    `a@${'b.'.repeat(10_000)}com`,
  ])('is reported for %j', (text) => {
    expect(parseAddress(text)).toEqual({ problem: 'invalid_address' });
  });

  it.each([
    'jane@example.com/x',
    'jane@example.com?x',
    'jane@example.com#x',
    'jane@example.com\\x',
    'jane@ex%61mple.com',
    'jane@exam\nple.com',
    'jane@exam\tple.com',
  ])('is reported for %j, which is not example.com with a part left out', (text) => {
    expect(parseAddress(text)).toEqual({ problem: 'invalid_address' });
  });

  it.each([
    '"a\r\nBcc: evil@example.org\r\nX: "@example.com',
    '"a\nb"@example.com',
    '"a\rb"@example.com',
    '"a\tb"@example.com',
    '"a\u0001b"@example.com',
    '"a\\\rb"@example.com',
    '"a\\"<evil@example.org>"@example.com',
  ])('is reported for %j, which would be more than an address in a header', (text) => {
    expect(parseAddress(text)).toEqual({ problem: 'invalid_address' });
  });
});

describe('any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.emailAddress(),
    fc
      .array(fc.constantFrom('a', '@', '.', '"', ' ', '\n', '\r', 'com', '<', '>', 'ü', '\\', '/', ','), {
        maxLength: 20,
      })
      .map((parts) => parts.join('')),
  );

  it('is an address on one line of printable ASCII, or has a problem', () => {
    fc.assert(
      fc.property(text, (source) => {
        const parsed = parseAddress(source);
        if ('problem' in parsed) return;
        expect(parsed.address).toMatch(/^[\x20-\x7e]{3,254}$/);
        expect(parsed.key).toBe(parsed.address.toLowerCase());
        expect(parseAddress(parsed.address)).toEqual(parsed);
      }),
      { numRuns: 2_000 },
    );
  });
});
