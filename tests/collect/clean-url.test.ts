import { describe, expect, it } from 'vitest';
import { canonicalUrl, cleanUrl, urlKey } from '../../src/collect/clean-url.js';

const clean = (text: string) => cleanUrl(new URL(text)).href;
const canonical = (text: string, declared: string) => canonicalUrl(new URL(text), declared).href;

describe('a clean URL', () => {
  it.each([
    ['https://a.example/p?utm_source=x&utm_medium=y', 'https://a.example/p'],
    ['https://a.example/p?id=3&fbclid=abc&gclid=d#part', 'https://a.example/p?id=3#part'],
    ['https://a.example/p?mc_cid=1&mc_eid=2&_hsenc=3&msclkid=4', 'https://a.example/p'],
    ['https://www.youtube.com/watch?v=abc&si=x&t=12', 'https://www.youtube.com/watch?v=abc&t=12'],
    ['https://x.com/jack/status/20?s=20&t=abc', 'https://x.com/jack/status/20'],
    ['https://a.example/p#:~:text=words', 'https://a.example/p'],
    ['https://www.google.com/amp/s/a.example/p?x=1', 'https://a.example/p?x=1'],
    ['https://a-example.cdn.ampproject.org/c/s/a.example/p', 'https://a.example/p'],
    ['https://a.example/p?amp=1&id=2', 'https://a.example/p?id=2'],
  ])('of %s has no tracking', (given, wanted) => {
    expect(clean(given)).toBe(wanted);
  });

  it.each([
    'https://a.example/p?b=%20c&d=1+2&e',
    'https://a.example/p?t=abc&s=20&si=x&source=feed&ref=home',
    'https://a.example/guitars/amp',
    'https://a.example/p?amp=60W',
    'https://www.google.com/search?q=obn',
    'https://web.archive.org/web/2018/https://a.example/?p=1',
    'https://a.example/?',
  ])('stays as it is: %s', (url) => {
    expect(clean(url)).toBe(url);
  });

  it('contains no merge field', () => {
    expect(clean('https://a.example/p?q={{email}}')).toBe('https://a.example/p?q=%7B%7Bemail%7D%7D');
  });
});

describe('a canonical link', () => {
  it.each([
    ['https://a.example/p?x=1', '/p', 'https://a.example/p'],
    ['https://amp.a.example/p', 'https://www.a.example/p', 'https://www.a.example/p'],
    ['https://a.example/p/amp/', 'https://a.example/p/', 'https://a.example/p/'],
    ['https://a.example/p', 'http://a.example/q', 'https://a.example/q'],
    ['https://a.example/p#part', 'https://a.example/q?utm_source=x', 'https://a.example/q#part'],
  ])('of %s is used: %s', (url, declared, wanted) => {
    expect(canonical(url, declared)).toBe(wanted);
  });

  it.each([
    ['another site', 'https://evil.example/p'],
    ['a site below the same domain', 'https://user.a.example/p'],
    ['the home page', 'https://a.example/'],
    ['a script', 'javascript:alert(1)'],
    ['another port', 'https://a.example:8443/p'],
    ['a user name', 'https://me@a.example/p'],
    ['an invalid address', 'https://'],
  ])('that leads to %s is ignored', (_, declared) => {
    expect(canonical('https://a.example/p', declared)).toBe('https://a.example/p');
  });
});

it('knows two addresses of one page', () => {
  const key = urlKey('https://a.example/p?id=1');
  expect(urlKey('http://www.a.example/p/?utm_source=x&id=1#part')).toBe(key);
  expect(urlKey('https://a.example/p?id=2')).not.toBe(key);
  expect(urlKey('mailto:a@b.example')).toBeUndefined();
});
