import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Context } from 'hono';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/platform/clock.js';
import { beforeTheAnswer } from '../../src/serve/background-tasks.js';
import { createHandler, handlerOf, type LambdaEvent, lambdaClient } from '../../src/serve/lambda.js';
import { makeNewsletter } from '../support/newsletter.js';
import { headingOf, openApp, pathOf, SECRET } from './app.js';

type Event = Extract<LambdaEvent, { rawPath: string }>;

/** An event of a function URL, in AWS's payload format 2.0, with the path and the query of a test. */
function recorded(name: string, path: string): Event {
  const text = readFileSync(join(import.meta.dirname, 'events', `${name}.json`), 'utf8');
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  const event = JSON.parse(text) as Event;
  const http = { ...event.requestContext.http, path: rawPath };
  return { ...event, rawPath, rawQueryString, requestContext: { ...event.requestContext, http } };
}

/** The same request as a server gets it. */
function requestOf({
  headers,
  rawPath,
  rawQueryString,
  body,
  isBase64Encoded,
  requestContext,
}: Event): Request {
  const query = rawQueryString === '' ? '' : `?${rawQueryString}`;
  const bytes = body ? Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') : undefined;
  const init = { method: requestContext.http.method, headers: headers as Record<string, string> };
  return new Request(`https://weekly.example.com${rawPath}${query}`, bytes ? { ...init, body: bytes } : init);
}

const TOPICS = { serve: { topics: [{ tag: 'aws', name: 'AWS' }] } };
const open = () => openApp({ config: TOPICS, client: lambdaClient });

describe('the Lambda handler', () => {
  it.each([
    ['get', 'unsubscribe?token=TOKEN'],
    ['get', 'unsubscribe?token=1forged'],
    ['get', 'subscribe'],
    ['get', 'preferences?token=TOKEN'],
    ['get', 'health'],
    ['get', 'nowhere'],
    ['one-click-urlencoded', 'unsubscribe?token=TOKEN'],
    ['one-click-multipart', 'unsubscribe?token=TOKEN'],
    ['one-click-multipart', 'unsubscribe?token=1forged'],
    ['subscribe', 'subscribe'],
    ['subscribe', 'confirm?token=INVITATION'],
    ['subscribe', 'preferences?token=TOKEN'],
  ])('responds to %s /%s like the server', async (name, wanted) => {
    const [lambda, server] = [await open(), await open()];
    const invitation = { address: 'new@example.com', issuedAt: Date.UTC(2026, 5, 1, 12), fields: {} };
    const path = `/${wanted}`
      .replace('TOKEN', lambda.tokens.issue('ada@example.com'))
      .replace('INVITATION', lambda.confirmations.issue(invitation));
    const event = recorded(name, path);
    const answer = await handlerOf(lambda.app)(event);
    const { requestContext } = event;
    const same = await server.app.fetch(requestOf(event), { requestContext });
    expect(answer.isBase64Encoded).toBe(false);
    expect([answer.statusCode, answer.body]).toEqual([same.status, await same.text()]);
    expect(answer.headers).toEqual(Object.fromEntries(same.headers));
    for (const key of ['ada@example.com', 'new@example.com']) {
      expect(await lambda.ledger.readers.suppressed([key])).toEqual(
        await server.ledger.readers.suppressed([key]),
      );
      expect(await lambda.ledger.readers.get(key)).toEqual(await server.ledger.readers.get(key));
    }
    expect(lambda.mails.map(({ address }) => address)).toEqual(server.mails.map(({ address }) => address));
  });

  it.each([
    ['no body', { body: undefined }],
    ['no type', { headers: {} }],
    ['another type', { headers: { 'content-type': 'text/plain' } }],
    ['other words', { body: Buffer.from('unsubscribe').toString('base64') }],
    ['broken parts', { headers: { 'content-type': 'multipart/form-data' } }],
  ])('accepts a signed one-click request with %s', async (_, change) => {
    const service = await open();
    const path = `/unsubscribe?token=${service.tokens.issue('ada@example.com')}`;
    const event = { ...recorded('one-click-urlencoded', path), ...change } as Event;
    expect((await handlerOf(service.app)(event)).statusCode).toBe(200);
    expect((await service.ledger.readers.suppressed(['ada@example.com'])).size).toBe(1);
  });

  it('handles one-click unsubscribe and a complete sign-up', async () => {
    const service = await open();
    const run = handlerOf(service.app);
    const path = `/unsubscribe?token=${service.tokens.issue('ada@example.com')}`;
    expect((await run(recorded('get', path))).statusCode).toBe(200);
    expect((await service.ledger.readers.suppressed(['ada@example.com'])).size).toBe(0);
    expect((await run(recorded('one-click-multipart', path))).statusCode).toBe(200);
    expect((await service.ledger.readers.suppressed(['ada@example.com'])).size).toBe(1);
    expect(headingOf((await run(recorded('subscribe', '/subscribe'))).body)).toBe('Check your inbox');
    const confirm = pathOf(service.mails[0]?.link ?? '');
    expect(headingOf((await run(recorded('subscribe', confirm))).body)).toBe('Welcome to Test Weekly');
    expect((await service.ledger.readers.get('new@example.com'))?.fields).toEqual({
      first_name: 'New',
      tags: 'aws',
    });
  });

  it('limits by the client address of the event and ignores headers', async () => {
    const event = recorded('get', '/');
    expect(lambdaClient({ env: event })).toBe('203.0.113.7');
    expect(event.headers['x-forwarded-for']).not.toBe('203.0.113.7');
  });

  it('responds after the task and never before the minimum time', async () => {
    const waits: number[] = [];
    const order: string[] = [];
    const clock = { ...systemClock, sleep: async (ms: number) => void waits.push(ms) };
    const later = beforeTheAnswer(clock, 1_500, (error) => order.push(String(error)));
    const context = new Context(new Request('https://weekly.example.com/'));
    await later(async () => void order.push('task'), context);
    await later(async () => {
      throw new Error('no mail');
    }, context);
    expect([waits, order]).toEqual([
      [1_500, 1_500],
      ['task', 'Error: no mail'],
    ]);
  });
});

describe('a Lambda function without a persistent disk', () => {
  const env = { OBN_SECRET: SECRET };

  it('refuses a ledger file and says what to do', async () => {
    const { root } = makeNewsletter();
    const refused = createHandler({ cwd: root, env });
    await expect(refused).rejects.toMatchObject({
      exitCode: 3,
      hint: expect.stringContaining('postgres://'),
    });
    const again = createHandler({ cwd: root, env: { ...env, OBN_LEDGER: 'sqlite:/tmp/ledger.db' } });
    await expect(again).rejects.toThrow(/no persistent disk/);
  });

  it('refuses a missing secret', async () => {
    const { root } = makeNewsletter();
    await expect(createHandler({ cwd: root, env: {} })).rejects.toThrow(/not set/);
  });

  it('refuses a weak secret', async () => {
    const { root } = makeNewsletter();
    const weak = createHandler({ cwd: root, env: { OBN_SECRET: 'short' } });
    await expect(weak).rejects.toMatchObject({ exitCode: 3, findings: [{ rule: 'config/secret' }] });
  });
});
