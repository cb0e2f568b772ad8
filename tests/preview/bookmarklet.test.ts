import { describe, expect, it } from 'vitest';
import { BOOKMARKLET_TOKEN, HOST, openApp, TOKEN } from './open-app.js';

const post = (headers: Record<string, string>, url: unknown = 'https://a.example/') =>
  ['/add', headers, { method: 'POST', body: JSON.stringify({ url }) }] as const;
const OWN = { origin: `http://${HOST}`, 'sec-fetch-site': 'same-origin', 'x-obn-token': BOOKMARKLET_TOKEN };
const FROM_A_SITE = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
};

describe('the page of the bookmarklet', () => {
  it('opens from another site, and changes nothing', async () => {
    const { stranger, collected } = await openApp();
    const answer = await stranger('/add', FROM_A_SITE);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await answer.text()).not.toContain(TOKEN);
    expect(collected).toEqual([]);
  });

  it('adds an address with the token', async () => {
    const { stranger, collected } = await openApp();
    const answer = await stranger(...post(OWN));
    expect(await answer.json()).toEqual({ message: 'Added 1' });
    expect(collected).toEqual(['https://a.example/']);
  });

  it.each([
    ['no token', { ...OWN, 'x-obn-token': '' }],
    ['the token of the preview', { ...OWN, 'x-obn-token': TOKEN }],
    ['the origin of another site', { ...OWN, origin: 'https://evil.example' }],
    ['the origin of a sandboxed page', { ...OWN, origin: 'null' }],
    ['another site', { ...OWN, 'sec-fetch-site': 'cross-site' }],
    [
      'a host name of another site',
      { ...OWN, host: 'evil.example:4800', origin: 'http://evil.example:4800' },
    ],
  ])('refuses a request with %s', async (_, headers) => {
    const { stranger, ask, collected } = await openApp();
    expect((await stranger(...post(headers))).status).toBe(403);
    expect((await ask(...post(headers))).status).toBe(403);
    expect(collected).toEqual([]);
  });

  it('cannot be framed or read by another site', async () => {
    const { stranger } = await openApp();
    const framed = { ...FROM_A_SITE, 'sec-fetch-dest': 'iframe' };
    expect((await stranger('/add', framed)).status).toBe(403);
    expect((await stranger('/add', { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('gives no access to the rest of the preview', async () => {
    const { stranger } = await openApp();
    expect((await stranger('/', { 'x-obn-token': BOOKMARKLET_TOKEN })).status).toBe(401);
    const test = { method: 'POST', body: '{}' };
    expect((await stranger('/api/issues/1/test', OWN, test)).status).toBe(401);
  });
});
