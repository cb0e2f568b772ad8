import { describe, expect, it } from 'vitest';
import { ForgottenKeys } from '../../src/message/forgotten.js';
import { headingOf, ONE_CLICK, openApp, SECRET } from './app.js';

const ADA = 'ada@example.com';
const TOPICS = {
  serve: {
    topics: [
      { tag: 'aws', name: 'AWS', about: 'All of it' },
      { tag: 'news', name: 'News & <more>' },
    ],
  },
};

async function open() {
  const service = await openApp({
    config: TOPICS,
    listed: async (key) => (key === ADA ? { email: ADA, tags: 'vip; aws' } : undefined),
  });
  const path = `/preferences?token=${service.tokens.issue(ADA)}`;
  const chosen = (html: string) => [...html.matchAll(/value="(\w+)" checked/g)].map(([, tag]) => tag);
  return { ...service, path, chosen };
}

describe('preferences', () => {
  it('show the topics of the list, save the choice and keep other tags', async () => {
    const { get, post, path, chosen, ledger } = await open();
    const html = await (await get(path)).text();
    expect(chosen(html)).toEqual(['aws']);
    expect(html).toContain('News &amp; &lt;more&gt;');
    const saved = await (
      await post(path, [
        ['topic', 'news'],
        ['topic', 'nonsense'],
      ])
    ).text();
    expect(saved).toContain('role="status"');
    expect(chosen(saved)).toEqual(['news']);
    expect(chosen(await (await get(path)).text())).toEqual(['news']);
    expect(await ledger.readers.get(ADA)).toMatchObject({
      fields: { tags: 'vip;news' },
      source: 'preferences',
      confirmedAt: null,
    });
  });

  it('can all be deselected', async () => {
    const { post, path, chosen, ledger } = await open();
    expect(chosen(await (await post(path)).text())).toEqual([]);
    expect((await ledger.readers.get(ADA))?.fields.tags).toBe('vip');
  });

  it('keep the other fields of a reader in the ledger', async () => {
    const { post, path, ledger, move } = await open();
    const reader = {
      key: ADA,
      address: 'Ada@example.com',
      state: 'subscribed',
      source: 'form',
      since: 1,
    } as const;
    await ledger.readers.save({ ...reader, fields: { first_name: 'Ada', tags: 'aws' }, confirmedAt: 1 });
    move(1_000);
    await post(path, { topic: 'news' });
    expect(await ledger.readers.get(ADA)).toEqual({
      ...reader,
      fields: { first_name: 'Ada', tags: 'news' },
      confirmedAt: 1,
    });
  });

  it('do not resubscribe an unsubscribed reader', async () => {
    const { post, path, tokens, ledger } = await open();
    await post(`/unsubscribe?token=${tokens.issue(ADA)}`, ONE_CLICK);
    await post(path, { topic: 'news' });
    expect((await ledger.readers.suppressed([ADA])).get(ADA)).toBe('unsubscribed');
  });

  it('reject a forged link and a forgotten reader', async () => {
    const { get, post, path, ledger } = await open();
    for (const wrong of ['/preferences', '/preferences?token=1abc', `${path}A`]) {
      expect((await get(wrong)).status).toBe(400);
      expect((await post(wrong, { topic: 'aws' })).status).toBe(400);
    }
    await ledger.readers.forget(ADA, new ForgottenKeys([SECRET]).hash(ADA), 1);
    expect((await get(path)).status).toBe(400);
    expect((await post(path, { topic: 'aws' })).status).toBe(400);
    expect(await ledger.readers.get(ADA)).toBeUndefined();
  });

  it('are offered before unsubscribing and after subscribing', async () => {
    const { get, tokens, post, mails } = await open();
    const text = async (answer: Response) => (await answer.text()).replaceAll('&#x3D;', '=');
    const asked = await text(await get(`/unsubscribe?token=${tokens.issue(ADA)}`));
    expect(asked).toContain(`href="/preferences?token=${tokens.issue(ADA)}"`);
    await post('/subscribe', { email: ADA });
    const { pathname, search } = new URL(mails[0]?.link ?? '');
    const welcome = await text(await post(pathname + search));
    expect(welcome).toContain(`href="/preferences?token=${tokens.issue(ADA)}"`);
  });

  it('have no page without topics', async () => {
    const { get, tokens } = await openApp();
    expect((await get(`/preferences?token=${tokens.issue(ADA)}`)).status).toBe(404);
    expect(await (await get(`/unsubscribe?token=${tokens.issue(ADA)}`)).text()).not.toContain('preferences');
  });
});

describe('every page', () => {
  it('can be overridden by the newsletter, with its language and direction', async () => {
    const { get, tokens } = await openApp({
      config: { newsletter: { language: 'ar' } },
      files: {
        'templates/pages/unsubscribe/web.html.hbs':
          '<h1>{{newsletter.name}}؟</h1><form method="post"></form>',
      },
    });
    const html = await (await get(`/unsubscribe?token=${tokens.issue(ADA)}`)).text();
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('<title>Test Weekly؟ · Test Weekly</title>');
  });

  it('reports an unknown path as not found and a ledger failure without details', async () => {
    const { get, post, tokens, ledger, bugs, log } = await openApp();
    const missing = await get('/wp-login.php');
    expect([missing.status, headingOf(await missing.text())]).toEqual([404, 'Page not found']);
    await ledger.close();
    const failed = await post(`/unsubscribe?token=${tokens.issue(ADA)}`, ONE_CLICK);
    expect([failed.status, headingOf(await failed.text())]).toEqual([503, 'Something went wrong']);
    expect(bugs).toHaveLength(1);
    expect((await get('/health')).status).toBe(503);
    expect(log.map((line) => JSON.parse(line).status)).toEqual([404, 503, 503]);
  });

  it('is logged without address, token or network', async () => {
    const { get, post, log, tokens, newsletter } = await openApp();
    const health = await get('/health');
    expect(await health.json()).toEqual({ status: 'ok', list: 'test-weekly.weekly.example.com' });
    await get(`/unsubscribe?token=${tokens.issue(ADA)}`);
    await get(`/unsubscribe/${tokens.issue(ADA)}`);
    await post('/subscribe?email=ada@example.com', { email: ADA });
    expect(newsletter.config.serve.subscribe).toBe(true);
    expect(log.map((line) => [JSON.parse(line).method, JSON.parse(line).page])).toEqual([
      ['GET', 'health'],
      ['GET', 'unsubscribe'],
      ['GET', 'other'],
      ['POST', 'subscribe'],
    ]);
    expect(log.join()).not.toMatch(/ada|token|192\.0\.2|1[\w-]{23}/);
  });
});
