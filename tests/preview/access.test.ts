import { describe, expect, it } from 'vitest';
import { cookieOf, HOST, openApp, TOKEN } from './open-app.js';

const PATHS = [
  '/',
  '/?issue=1',
  '/events',
  '/assets/main.js',
  '/api/newsletter',
  '/api/readers?q=ada',
  '/api/issues/1?reader=ada@example.com',
  '/issues/1/email.html',
  '/source/1/message.eml?reader=ada@example.com',
  '/pictures/images/a.png',
  '/nothing',
];
const PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('a browser that was not admitted', () => {
  it.each(PATHS)('gets an error with a hint from %s', async (path) => {
    const { stranger } = await openApp();
    for (const cookie of ['', 'obn-preview-4800=', 'obn-preview-4800=wrong', 'obn-preview-4801=wrong']) {
      const answer = await stranger(path, { cookie });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('set-cookie')).toBe(null);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toEqual({
        error: 'this browser has no access to the preview',
        hint: 'open the last URL that obn preview printed in its terminal',
      });
    }
    const page = await stranger(path, PAGE);
    expect(page.status).toBe(401);
    const text = await page.text();
    expect(text).toMatch(/Open the address that <code>obn preview<\/code> printed last/);
    expect(text).not.toMatch(/obn-token|example\.com/);
  });

  it('cannot send a test, even with the token of the page', async () => {
    const { stranger, sent } = await openApp();
    const body = JSON.stringify({ address: 'me@example.com' });
    const init = { method: 'POST', body };
    expect((await stranger('/api/issues/1/test', { 'x-obn-token': TOKEN }, init)).status).toBe(401);
    expect(sent).toEqual([]);
  });

  it.each(['', 'wrong', 'a'.repeat(43)])('is not admitted by the key %j', async (key) => {
    const { stranger, used } = await openApp();
    const before = used.length;
    const answer = await stranger(`/?issue=1&key=${key}`);
    expect([answer.status, answer.headers.get('set-cookie'), used.length]).toEqual([401, null, before]);
  });
});

describe('the printed URL', () => {
  it('sets a cookie that only the preview reads, and redirects to the URL without the key', async () => {
    const { stranger, admit } = await openApp();
    const answer = await stranger(admit('/?issue=1&view=text'));
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/?issue=1&view=text');
    expect(answer.headers.get('set-cookie')).toMatch(
      /^obn-preview-4800=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    const cookie = cookieOf(answer);
    expect((await stranger('/?issue=1', { cookie })).status).toBe(200);
    expect((await stranger('/api/readers?q=ada', { cookie })).status).toBe(200);
  });

  it('admits one browser, and the next URL the next one', async () => {
    const { stranger, admit, used } = await openApp();
    const address = admit();
    const before = used.length;
    const cookie = cookieOf(await stranger(address));
    expect(used).toHaveLength(before + 1);
    expect((await stranger(address)).status).toBe(401);
    // Opened again in the browser that has used it.
    expect((await stranger(address, { cookie })).status).toBe(303);
    expect(used).toHaveLength(before + 1);
    expect(admit()).not.toBe(address);
    expect(cookieOf(await stranger(admit()))).toBe(cookie);
  });

  it('is not used up by requests other than page loads', async () => {
    const { stranger, admit, used } = await openApp();
    const address = admit();
    const before = used.length;
    await stranger(address, {}, { method: 'HEAD' });
    await stranger(address, { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' });
    await stranger(address, { host: 'evil.example' });
    await stranger(address.replace('/?', '/api/newsletter?'));
    await stranger(address.replace('/?', '//evil.example/?'));
    expect(used).toHaveLength(before);
    expect((await stranger(address)).status).toBe(303);
  });
});

it('names the cookie after the port, so that two previews do not conflict', async () => {
  const [one, other] = [await openApp(), await openApp()];
  const host = '127.0.0.1:4801';
  const second = cookieOf(await other.stranger(other.admit(), { host }));
  const cookie = `${one.cookie}; ${second}`;
  expect(second).toMatch(/^obn-preview-4801=/);
  expect((await one.stranger('/', { cookie })).status).toBe(200);
  expect((await other.stranger('/', { cookie, host })).status).toBe(200);
  expect((await other.stranger('/', { cookie: one.cookie.replace('4800', '4801'), host })).status).toBe(401);
});

describe('the preview admits only its own page', () => {
  it.each([
    'evil.example',
    'evil.example:4800',
    '127.0.0.1.evil.example',
    '127.0.0.1@evil.example',
    '10.0.0.1',
    '',
  ])('under the name %j', async (host) => {
    const { ask } = await openApp();
    expect((await ask('/', { host })).status).toBe(403);
    expect((await ask('/api/newsletter', { host })).status).toBe(403);
  });

  it.each(['127.0.0.1:1', 'localhost:4800', '[::1]:4800', 'localhost'])(
    'but under the name %j',
    async (host) => {
      const { stranger, admit } = await openApp();
      const cookie = cookieOf(await stranger(admit(), { host }));
      expect((await stranger('/', { host, cookie })).status).toBe(200);
    },
  );

  it.each(['https://evil.example', 'null', 'http://localhost:3000', `https://${HOST}`])(
    'from the origin %j',
    async (origin) => {
      const { ask, test, sent } = await openApp();
      expect((await ask('/api/issues/1', { origin })).status).toBe(403);
      expect((await test({ origin, 'x-obn-token': TOKEN })).status).toBe(403);
      expect(sent).toEqual([]);
    },
  );

  it('from another site, where the browser says so', async () => {
    const { ask } = await openApp();
    for (const site of ['cross-site', 'same-site']) {
      expect((await ask('/source/1/email.txt', { 'sec-fetch-site': site })).status).toBe(403);
    }
    const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await ask('/', followed)).status).toBe(200);
    const framed = { ...followed, 'sec-fetch-dest': 'iframe' };
    expect((await ask('/source/1/email.txt', framed)).status).toBe(403);
  });

  it('for an action without the token of the page', async () => {
    const { test, sent } = await openApp();
    for (const headers of [{}, { 'x-obn-token': 'wrong' }, { 'x-obn-token': '' }]) {
      expect((await test(headers as Record<string, string>)).status).toBe(403);
    }
    expect(sent).toEqual([]);
    expect((await test({ 'x-obn-token': TOKEN, origin: `http://${HOST}` })).status).toBe(200);
    expect(sent).toEqual(['1 me@example.com']);
  });
});
