import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnsubscribeTokens, unsubscribeLink } from '../../src/message/token.js';
import { headingOf, ONE_CLICK, openApp, pathOf, SECRET } from './app.js';

const ADA = 'ada@example.com';

describe('a one-click unsubscribe POST', () => {
  it('unsubscribes the reader without a redirect or a cookie', async () => {
    const { post, tokens, ledger } = await openApp();
    const answer = await post(`/unsubscribe?token=${tokens.issue(ADA)}`, ONE_CLICK);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(headingOf(await answer.text())).toBe("You've been unsubscribed");
    expect(await ledger.readers.suppressed([ADA])).toEqual(new Map([[ADA, 'unsubscribed']]));
  });

  it('works as multipart, the first form in RFC 8058', async () => {
    const { ask, tokens, ledger } = await openApp();
    const body = new FormData();
    body.set('List-Unsubscribe', 'One-Click');
    const answer = await ask('POST', `/unsubscribe?token=${tokens.issue(ADA)}`, { body });
    expect(answer.status).toBe(200);
    expect((await ledger.readers.suppressed([ADA])).size).toBe(1);
  });

  it('is idempotent', async () => {
    const { post, tokens, ledger } = await openApp();
    const path = `/unsubscribe?token=${tokens.issue(ADA)}`;
    const first = await (await post(path, ONE_CLICK)).text();
    for (let again = 0; again < 3; again++) {
      const answer = await post(path, ONE_CLICK);
      expect([answer.status, await answer.text()]).toEqual([200, first]);
    }
    expect((await ledger.readers.suppressed([ADA])).get(ADA)).toBe('unsubscribed');
  });

  it('works after the newsletter and its site were renamed while newsletter.id stays', async () => {
    const old = new UnsubscribeTokens(SECRET, 'test-weekly.weekly.example.com').issue(ADA);
    const renamed = { name: 'The Daily', url: 'https://daily.example.org' };
    const { post, ledger } = await openApp({ config: { newsletter: renamed } });
    expect((await post(`/unsubscribe?token=${old}`, ONE_CLICK)).status).toBe(200);
    expect((await ledger.readers.suppressed([ADA])).get(ADA)).toBe('unsubscribed');
    const unpinned = await openApp({ config: { newsletter: { ...renamed, id: null } } });
    expect((await unpinned.post(`/unsubscribe?token=${old}`, ONE_CLICK)).status).toBe(400);
  });

  it('keeps the reason of an earlier complaint', async () => {
    const { post, tokens, ledger } = await openApp();
    await ledger.readers.suppress(ADA, 'complained', 'ses', 1);
    await post(`/unsubscribe?token=${tokens.issue(ADA)}`, ONE_CLICK);
    expect((await ledger.readers.suppressed([ADA])).get(ADA)).toBe('complained');
  });

  it('does not store the address of a forgotten reader', async () => {
    const { post, tokens, ledger } = await openApp();
    const { ForgottenKeys } = await import('../../src/message/forgotten.js');
    const hash = new ForgottenKeys([SECRET]).hash(ADA);
    await ledger.readers.forget(ADA, hash, 1);
    expect((await post(`/unsubscribe?token=${tokens.issue(ADA)}`, ONE_CLICK)).status).toBe(200);
    expect([...(await ledger.readers.suppressed([ADA, hash])).keys()]).toEqual([hash]);
  });

  it.each([
    ['the words of RFC 8058 as text', 'List-Unsubscribe=One-Click', 'text/plain'],
    ['the words of RFC 8058 without a type', 'List-Unsubscribe=One-Click', ''],
    ['other words', 'List-Unsubscribe=Two-Click', 'application/x-www-form-urlencoded'],
    ['an empty form', '', 'application/x-www-form-urlencoded'],
    ['nothing at all', undefined, undefined],
    ['JSON', '{"List-Unsubscribe":"One-Click"}', 'application/json'],
    ['broken parts', '--x\r\nnothing', 'multipart/form-data; boundary=x'],
    ['parts without a boundary', 'x', 'multipart/form-data'],
    ['more than any form', 'x'.repeat(100_000), 'application/octet-stream'],
  ])('works with %s', async (_, body, type) => {
    const { ask, tokens, ledger } = await openApp();
    const answer = await ask('POST', `/unsubscribe?token=${tokens.issue(ADA)}`, {
      ...(body === undefined ? {} : { body }),
      headers: type === undefined ? {} : { 'content-type': type },
    });
    expect([answer.status, headingOf(await answer.text())]).toEqual([200, "You've been unsubscribed"]);
    expect((await ledger.readers.suppressed([ADA])).size).toBe(1);
  });

  it('is never limited for a provider that sends thousands from one address', async () => {
    const { post, tokens } = await openApp();
    for (let reader = 0; reader < 200; reader++) {
      const answer = await post(`/unsubscribe?token=${tokens.issue(`r${reader}@example.com`)}`, ONE_CLICK);
      expect(answer.status).toBe(200);
    }
  });

  it('finds the token in path or query', async () => {
    for (const url of [
      'https://n.example/u/',
      'https://n.example/news/unsubscribe?t=',
      'https://n.example/news/unsubscribe?list=3',
    ]) {
      const { post, tokens, ledger, log } = await openApp({ config: { unsubscribe: { url } } });
      const path = pathOf(unsubscribeLink(url, tokens.issue(ADA)));
      expect((await post(path, ONE_CLICK)).status, url).toBe(200);
      expect((await ledger.readers.suppressed([ADA])).size, url).toBe(1);
      // A proxy may take the folder off.
      if (url.includes('/news/')) expect((await post(path.replace('/news', ''), ONE_CLICK)).status).toBe(200);
      expect(log[0]).toContain('"page":"unsubscribe"');
    }
  });

  it('works with a link signed with the previous secret, even a short one', async () => {
    const config = { unsubscribe: { secret: [`\${OBN_SECRET}`, `\${OBN_OLD}`] } };
    const { post, ledger } = await openApp({ config, env: { OBN_OLD: 'old' } });
    const token = new UnsubscribeTokens('old', 'test-weekly.weekly.example.com').issue(ADA);
    expect((await post(`/unsubscribe?token=${token}`, ONE_CLICK)).status).toBe(200);
    expect((await ledger.readers.suppressed([ADA])).size).toBe(1);
  });
});

describe('nothing changes', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])('is %s', async (method) => {
    const { ask, tokens, ledger } = await openApp();
    for (const headers of [{}, { 'sec-purpose': 'prefetch' }, { purpose: 'preview' }] as Record<
      string,
      string
    >[]) {
      const path = `/unsubscribe?token=${tokens.issue(ADA)}&List-Unsubscribe=One-Click`;
      const answer = await ask(method, path, { headers });
      expect(answer.status).toBe(['GET', 'HEAD'].includes(method) ? 200 : 404);
    }
    expect((await ledger.readers.suppressed([ADA])).size).toBe(0);
  });

  it('on a GET, which shows a page with a button and no script', async () => {
    const { get, tokens } = await openApp();
    const answer = await get(`/unsubscribe?token=${tokens.issue(ADA)}`);
    const html = await answer.text();
    expect(headingOf(html)).toBe('Unsubscribe from Test Weekly?');
    expect(html).not.toMatch(/<script|ada@example/i);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  it('for a forged, truncated or swapped link, or one of another list', async () => {
    const { post, get, tokens, confirmations, ledger } = await openApp({ limits: GENEROUS });
    const token = tokens.issue(ADA);
    const bob = tokens.issue('bob@example.com');
    const wrong = [
      '',
      '1',
      token.slice(0, -1),
      token.slice(1),
      `${token}A`,
      `${token.slice(0, 24)}${bob.slice(24)}`,
      bob.slice(0, 23) + token.slice(23),
      [...token].reverse().join(''),
      encodeURIComponent(ADA),
      Buffer.from(ADA).toString('base64url'),
      confirmations.issue({ address: ADA, issuedAt: 0, fields: {} }),
      new UnsubscribeTokens(SECRET, 'another-list.example.com').issue(ADA),
    ];
    for (const one of wrong) {
      expect((await get(`/unsubscribe?token=${one}`)).status, one).toBe(400);
      const answer = await post(`/unsubscribe?token=${one}`, ONE_CLICK);
      expect([answer.status, headingOf(await answer.text())], one).toEqual([400, 'This link does not work']);
    }
    for await (const suppression of ledger.readers.suppressions()) expect(suppression).toBeUndefined();
  });

  it('for 10,000 guessed links', async () => {
    const { post, ledger } = await openApp({ limits: GENEROUS });
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const guess = fc
      .array(fc.constantFrom(...letters), { minLength: 23, maxLength: 60 })
      .map((all) => `1${all.join('')}`);
    const statuses = new Set<number>();
    for (const token of fc.sample(guess, 10_000)) {
      statuses.add((await post(`/unsubscribe?token=${token}`, ONE_CLICK)).status);
    }
    expect([...statuses]).toEqual([400]);
    for await (const suppression of ledger.readers.suppressions()) expect(suppression).toBeUndefined();
  });
});

const MANY = { points: 1_000_000, duration: 600 };
const GENEROUS = { badLinks: MANY, forms: MANY, mails: MANY, service: MANY };

it('slows down only clients that try many invalid links', async () => {
  const { post, get, tokens } = await openApp();
  const statuses: number[] = [];
  for (let at = 0; at < 40; at++) statuses.push((await get('/unsubscribe?token=1x')).status);
  expect(statuses.filter((status) => status === 400)).toHaveLength(30);
  const late = await get('/unsubscribe?token=1x');
  expect([late.status, Number(late.headers.get('retry-after')) > 0]).toEqual([429, true]);
  expect((await get('/unsubscribe?token=1x', { from: '192.0.2.9' })).status).toBe(400);
  expect((await post(`/unsubscribe?token=${tokens.issue(ADA)}`, ONE_CLICK)).status).toBe(200);
});
