import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ForgottenKeys } from '../../src/message/forgotten.js';
import { headingOf, NOON, ONE_CLICK, openApp, pathOf, SECRET } from './app.js';

const NEW = 'New.Reader@Example.com';
const KEY = NEW.toLowerCase();
const TOPICS = {
  serve: {
    topics: [
      { tag: 'aws', name: 'AWS' },
      { tag: 'news', name: 'News' },
    ],
  },
};
const HOUR = 3_600_000;

/** Signs up and returns the path of the confirmation link. */
async function signUp(
  { post, mails }: Awaited<ReturnType<typeof openApp>>,
  fields: Record<string, string> = {},
) {
  const answer = await post('/subscribe', { email: NEW, ...fields });
  expect(answer.status).toBe(200);
  return pathOf(mails.at(-1)?.link ?? 'https://no.mail.example');
}

describe('double opt-in', () => {
  it('subscribes a reader only when they press the button', async () => {
    const service = await openApp({ config: TOPICS });
    const { get, post, ledger, mails } = service;
    const path = await signUp(service, { first_name: ' Ny \n Reader ', topic: 'aws' });
    expect(mails).toEqual([
      {
        address: NEW.replace('Example', 'example'),
        link: expect.stringMatching(/^https:\/\/weekly\.example\.com\/confirm\?token=1[\w-]+$/),
      },
    ]);
    expect(await ledger.readers.get(KEY)).toBeUndefined();
    const page = await (await get(path)).text();
    expect(headingOf(page)).toBe('Confirm your subscription');
    expect(await ledger.readers.get(KEY)).toBeUndefined();
    const answer = await post(path);
    expect([answer.status, headingOf(await answer.text())]).toEqual([200, 'Welcome to Test Weekly']);
    expect(await ledger.readers.get(KEY)).toEqual({
      key: KEY,
      address: 'New.Reader@example.com',
      state: 'subscribed',
      fields: { first_name: 'Ny   Reader', tags: 'aws' },
      source: 'form',
      since: NOON,
      confirmedAt: NOON,
    });
  });

  it('is idempotent when the button is pressed twice', async () => {
    const service = await openApp();
    const path = await signUp(service);
    await service.post(path);
    const before = await service.ledger.readers.get(KEY);
    service.move(HOUR);
    expect((await service.post(path)).status).toBe(200);
    expect(await service.ledger.readers.get(KEY)).toEqual(before);
  });

  it('resubscribes an unsubscribed reader who signs up and confirms again', async () => {
    const service = await openApp();
    await service.post(`/unsubscribe?token=${service.tokens.issue(KEY)}`, ONE_CLICK);
    service.move(1_000);
    const path = await signUp(service);
    expect((await service.ledger.readers.suppressed([KEY])).size).toBe(1);
    await service.post(path);
    expect((await service.ledger.readers.suppressed([KEY])).size).toBe(0);
    expect((await service.ledger.readers.get(KEY))?.state).toBe('subscribed');
  });

  it('does not resubscribe with a link older than the unsubscribe', async () => {
    const service = await openApp();
    const path = await signUp(service);
    await service.post(path);
    service.move(HOUR);
    await service.post(`/unsubscribe?token=${service.tokens.issue(KEY)}`, ONE_CLICK);
    expect((await service.ledger.readers.get(KEY))?.state).toBe('unsubscribed');
    expect((await service.post(path)).status).toBe(410);
    expect((await service.ledger.readers.suppressed([KEY])).get(KEY)).toBe('unsubscribed');
    expect((await service.ledger.readers.get(KEY))?.state).toBe('unsubscribed');
  });

  it('removes the hash of a forgotten reader who signs up again', async () => {
    const service = await openApp();
    const hash = new ForgottenKeys([SECRET]).hash(KEY);
    await service.ledger.readers.forget(KEY, hash, NOON - 1);
    await service.post(await signUp(service));
    expect((await service.ledger.readers.suppressed([KEY, hash])).size).toBe(0);
  });

  it('rejects a link issued before the reader was forgotten', async () => {
    const service = await openApp();
    const path = await signUp(service);
    service.move(1_000);
    await service.ledger.readers.forget(KEY, new ForgottenKeys([SECRET]).hash(KEY), NOON + 1_000);
    expect((await service.post(path)).status).toBe(410);
    expect(await service.ledger.readers.get(KEY)).toBeUndefined();
  });

  it('expires after the configured hours', async () => {
    const service = await openApp({ config: { serve: { confirm_hours: 2 } } });
    const path = await signUp(service);
    service.move(2 * HOUR);
    expect((await service.get(path)).status).toBe(200);
    service.move(1);
    for (const answer of [await service.get(path), await service.post(path)]) {
      expect([answer.status, headingOf(await answer.text())]).toEqual([410, 'This link has expired']);
    }
    expect(await service.ledger.readers.get(KEY)).toBeUndefined();
  });

  it('rejects forged links and other tokens', async () => {
    const service = await openApp();
    for (const token of [
      '',
      '1abc',
      service.tokens.issue(KEY),
      `${new URL(`http://x${await signUp(service)}`).searchParams.get('token')}A`,
    ]) {
      expect((await service.get(`/confirm?token=${token}`)).status).toBe(400);
      expect((await service.post(`/confirm?token=${token}`)).status).toBe(400);
    }
    expect(await service.ledger.readers.get(KEY)).toBeUndefined();
  });
});

describe('the response to a sign-up', () => {
  it('is the same for subscribed, unknown, unsubscribed and bounced addresses', async () => {
    const service = await openApp();
    const { ledger, post, mails } = service;
    const known = [
      'subscribed@example.com',
      'gone@example.com',
      'bounced@example.com',
      'unknown@example.com',
    ];
    await ledger.readers.save({
      key: 'subscribed@example.com',
      address: 'subscribed@example.com',
      state: 'subscribed',
      fields: {},
      source: 'form',
      since: 1,
      confirmedAt: 1,
    });
    await ledger.readers.suppress('gone@example.com', 'unsubscribed', 'test', 1);
    await ledger.readers.suppress('bounced@example.com', 'bounced', 'test', 1);
    const answers = new Set<string>();
    for (const email of known) {
      const answer = await post('/subscribe', { email }, { from: email });
      const headers = [...answer.headers].filter(([name]) => name !== 'content-length');
      answers.add(JSON.stringify([answer.status, headers, (await answer.text()).replaceAll(email, '…')]));
    }
    expect([...answers]).toHaveLength(1);
    expect(mails.map(({ address }) => address)).toEqual(
      known.filter((email) => !email.startsWith('bounced')),
    );
  });

  it('does not wait for address-dependent work', async () => {
    const tasks: (() => Promise<void>)[] = [];
    const service = await openApp({ later: async (task) => void tasks.push(task) });
    expect((await service.post('/subscribe', { email: NEW })).status).toBe(200);
    expect(service.mails).toEqual([]);
    await tasks[0]?.();
    expect(service.mails).toHaveLength(1);
  });

  it.each([
    '',
    'jane',
    'jane@',
    '@example.com',
    'jane@exam ple.com',
    'jörg@example.com',
    `${'x'.repeat(300)}@example.com`,
    'a@b.co\r\nBcc: x@example.com',
  ])('shows the form again for %j with the entered values', async (email) => {
    const service = await openApp({ config: TOPICS });
    const answer = await service.post('/subscribe', { email, first_name: 'Jane "J" <b>', topic: 'news' });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('aria-invalid="true"');
    expect(html).toMatch(/value="news" checked/);
    expect(html).not.toMatch(/value="aws" checked|<b>/);
    expect(service.mails).toEqual([]);
  });

  it('silently drops a form with a filled hidden field', async () => {
    const { post, mails } = await openApp();
    const answer = await post('/subscribe', { email: NEW, website: 'https://spam.example' });
    expect([answer.status, headingOf(await answer.text())]).toEqual([200, 'Check your inbox']);
    expect(mails).toEqual([]);
  });

  it.each(['Win money at https://spam.example', 'www.spam.example', '<a>', '=1+1', 'x'.repeat(101)])(
    'drops the name %j',
    async (first_name) => {
      const service = await openApp();
      await service.post(await signUp(service, { first_name }));
      expect((await service.ledger.readers.get(KEY))?.fields).toEqual({});
    },
  );

  it('accepts a form from an allowed site and responds to its script in JSON', async () => {
    const { post, ask, mails } = await openApp({ config: { serve: { origins: ['https://blog.example/'] } } });
    const json = (origin: string, email = NEW) =>
      post('/subscribe', { email }, { headers: { origin, accept: 'application/json' } });
    for (const origin of ['https://weekly.example.com', 'https://blog.example']) {
      const answer = await json(origin);
      expect([await answer.json(), answer.headers.get('access-control-allow-origin')]).toEqual([
        { ok: true },
        origin,
      ]);
    }
    const foreign = await json('https://evil.example');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    const wrong = await json('https://blog.example', 'nobody');
    expect([wrong.status, await wrong.json()]).toEqual([422, { error: 'address' }]);
    const preflight = await ask('OPTIONS', '/subscribe', {
      headers: { origin: 'https://blog.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-methods')).toBe('POST');
    const elsewhere = await ask('OPTIONS', '/unsubscribe', { headers: { origin: 'https://blog.example' } });
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
    expect(mails).toHaveLength(3);
  });
});

describe('rate limits', () => {
  it('refuse many forms from one network for a while', async () => {
    const { post } = await openApp();
    const statuses: number[] = [];
    for (let at = 0; at < 12; at++)
      statuses.push((await post('/subscribe', { email: `r${at}@example.com` })).status);
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429, 429]);
    const json = await post('/subscribe', { email: NEW }, { headers: { accept: 'application/json' } });
    expect([json.status, await json.json()]).toEqual([429, { error: 'limited' }]);
    expect((await post('/subscribe', { email: NEW }, { from: '192.0.2.2' })).status).toBe(200);
  });

  it.each([
    ['a tag', 'victim+@example.com', 'Victim+TAG@Example.com', 'victim@example.com'],
    ['dots at Gmail', 'v.i.c.tim+@gmail.com', 'vic.tim@googlemail.com', 'VICTIM@GMAIL.COM'],
  ])('stop email to one mailbox with %s', async (_, first, ...more) => {
    const { post, mails } = await openApp();
    const tagged = Array.from({ length: 10 }, (_, index) => first.replace('+', `+${index}`));
    for (const [at, email] of [...tagged, ...more].entries())
      expect((await post('/subscribe', { email }, { from: `192.0.2.${at}` })).status).toBe(200);
    expect(mails.map(({ address }) => address)).toEqual(tagged.slice(0, 3));
  });

  it('refuse forms above the email limit of the service, and tell the reader', async () => {
    const { post, mails, ledger } = await openApp({ config: { serve: { emails_per_hour: 5 } } });
    await ledger.readers.suppress('r0@example.com', 'bounced', 'ses', 1);
    const signUp = (at: number, headers = {}) =>
      post('/subscribe', { email: `r${at}@example.com` }, { from: `192.0.2.${at}`, headers });
    for (let at = 0; at < 5; at++) expect((await signUp(at)).status).toBe(200);
    for (const at of [0, 5]) {
      const answer = await signUp(at);
      expect([answer.status, headingOf(await answer.text())]).toEqual([503, 'Too many sign-ups right now']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(3_000);
    }
    const json = await signUp(6, { accept: 'application/json' });
    expect([json.status, await json.json()]).toEqual([503, { error: 'unavailable' }]);
    expect(mails).toHaveLength(4);
  });

  it('are shared by all processes on a ledger, without storing addresses', async () => {
    const first = await openApp({ shared: true });
    const second = await openApp({ shared: true, store: first.ledger });
    const email = 'victim@example.com';
    for (let at = 0; at < 3; at++) {
      for (const { post } of [first, second]) await post('/subscribe', { email }, { from: `192.0.2.${at}` });
    }
    expect([...first.mails, ...second.mails]).toHaveLength(3);
    const file = readFileSync(first.path('ledger.db-wal'), 'latin1');
    expect(file).toContain('quota');
    expect(file).not.toMatch(/victim|192\.0\.2/);
  });

  it('reset after their period', async () => {
    const { post, mails, move } = await openApp({ shared: true });
    const ask = async () => {
      for (let at = 0; at < 4; at++) await post('/subscribe', { email: NEW });
    };
    await ask();
    move(HOUR);
    await ask();
    expect(mails).toHaveLength(6);
  });

  it('silently stop email to one address', async () => {
    const { post, mails } = await openApp();
    const answers = new Set<string>();
    for (let at = 0; at < 6; at++)
      answers.add(await (await post('/subscribe', { email: NEW }, { from: `192.0.2.${at}` })).text());
    expect([...answers]).toHaveLength(1);
    expect(mails).toHaveLength(3);
  });

  it('refuse a large form before reading it', async () => {
    const { post, mails } = await openApp();
    const answer = await post('/subscribe', { email: NEW, first_name: 'x'.repeat(20_000) });
    expect([answer.status, mails]).toEqual([413, []]);
  });
});

describe('a newsletter', () => {
  it('without sign-up has no subscribe page', async () => {
    const { get, post, tokens } = await openApp({ config: { serve: { subscribe: false } } });
    expect((await get('/subscribe')).status).toBe(404);
    expect((await post('/subscribe', { email: NEW })).status).toBe(404);
    const page = await (await post(`/unsubscribe?token=${tokens.issue(KEY)}`, ONE_CLICK)).text();
    expect(page).not.toContain('Subscribe again');
  });

  it('without a secret or an unsubscribe URL cannot start the service', async () => {
    await expect(openApp({ config: { unsubscribe: { secret: null } } })).rejects.toThrow(/secret is not set/);
    await expect(openApp({ config: { unsubscribe: { secret: [] } } })).rejects.toThrow(/secret is not set/);
    await expect(openApp({ config: { unsubscribe: { url: null } } })).rejects.toThrow(
      /unsubscribe.url is not set/,
    );
  });
});
