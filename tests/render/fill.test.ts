import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { fillSlot, fillText, oneLine } from '../../src/render/fill.js';
import { anyValue, slot } from '../message/messages.js';

/** What a reader's program makes of HTML: its text, and the attributes of its only element. */
function parsed(html: string): { text: string; names: string[]; attributes: Record<string, string> } {
  const found = { text: '', names: [] as string[], attributes: {} as Record<string, string> };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      found.names.push(name);
      Object.assign(found.attributes, attributes);
    },
    ontext: (text) => {
      found.text += text;
    },
  });
  parser.end(html);
  return found;
}

const clean = (value: string) => value.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

describe('the value of a slot', () => {
  it('is the fallback if missing or empty', () => {
    const name = slot('name', 'plain', 'there');
    expect(fillSlot(name, { name: 'Ada' })).toBe('Ada');
    expect(fillSlot(name, { name: '' })).toBe('there');
    expect(fillSlot(name, { name: undefined })).toBe('there');
    expect(fillSlot(name, {})).toBe('there');
    expect(fillSlot(slot('name', 'plain'), {})).toBe('');
  });

  it('is never an inherited property', () => {
    expect(fillSlot(slot('constructor', 'plain'), {})).toBe('');
    expect(fillSlot(slot('__proto__', 'plain', 'x'), {})).toBe('x');
  });

  it('is one line', () => {
    expect(oneLine('a\r\n\tb\u2028c\u0085d\0e')).toBe('a b c d e');
    expect(oneLine('a  b')).toBe('a  b');
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(oneLine(value)).toBe(clean(value));
        expect(oneLine(value).isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('a value in HTML', () => {
  it('is always shown as text', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const { text, names } = parsed(fillText(['<p>', slot('a', 'html'), '</p>'], { a: value }));
        expect(names).toEqual(['p']);
        expect(text).toBe(clean(value));
      }),
    );
  });

  it.each(['"', "'"])('never escapes an attribute in %s', (quote) => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const html = fillText([`<img alt=${quote}`, slot('a', 'html'), `${quote}>`], { a: value });
        const { names, attributes } = parsed(html);
        expect(names).toEqual(['img']);
        expect(attributes).toEqual({ alt: clean(value) });
      }),
    );
  });
});

describe('a value in part of a URL', () => {
  it('stays within that part', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const html = fillText(['<a href="https://n.example/?q=', slot('a', 'url'), '&amp;x=y">'], {
          a: value,
        });
        const { names, attributes } = parsed(html);
        expect(names).toEqual(['a']);
        expect(Object.keys(attributes)).toEqual(['href']);
        const url = new URL(attributes.href ?? '');
        expect(url.origin).toBe('https://n.example');
        expect([...url.searchParams]).toEqual([
          ['q', clean(value)],
          ['x', 'y'],
        ]);
      }),
    );
  });

  it.each([
    ['a/../b?c#d', 'a%2F..%2Fb%3Fc%23d'],
    ["it's", 'it%27s'],
    ['ü 😀', '%C3%BC%20%F0%9F%98%80'],
    ['\ud800', '%EF%BF%BD'],
  ])('is written as %j', (value, written) => {
    expect(fillSlot(slot('a', 'url'), { a: value })).toBe(written);
  });
});

describe('a value that is a whole URL', () => {
  it.each([
    ['https://x.example/?a=b&c="d"', 'https://x.example/?a=b&amp;c=&quot;d&quot;'],
    ['mailto:jane@example.com', 'mailto:jane@example.com'],
    ['javascript:alert(1)', '#'],
    ['JAVASCRIPT:alert(1)', '#'],
    ['java\nscript:alert(1)', '#'],
    ['data:text/html,x', '#'],
    ['vbscript:x', '#'],
    ['file:///etc/passwd', '#'],
    ['//x.example', '#'],
    ['x.example', '#'],
    ['', '#'],
  ])('%j is written as %j', (value, written) => {
    expect(fillSlot(slot('a', 'address'), { a: value })).toBe(written);
  });

  it('never runs code', () => {
    fc.assert(
      fc.property(fc.oneof(anyValue, fc.webUrl()), (value) => {
        const { names, attributes } = parsed(
          fillText(['<a href="', slot('a', 'address'), '">'], { a: value }),
        );
        expect(names).toEqual(['a']);
        expect(Object.keys(attributes)).toEqual(['href']);
        const href = attributes.href ?? '';
        expect(href === '#' || /^(https?|mailto):/i.test(href.trim())).toBe(true);
      }),
    );
  });
});
