import { expect, it } from 'vitest';
import { listen } from '../../src/platform/server.js';
import { whenTestFinished } from '../support/finished.js';
import { rawRequest } from '../support/serve.js';

const LOCAL = { host: '127.0.0.1', port: 0 };

it('reports a response as sent after its last byte', async () => {
  const order: string[] = [];
  let finish = () => {};
  const gate = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let told: Promise<void> | undefined;
  const server = await listen((_, asker) => {
    told = asker.answered().then(() => void order.push('answered'));
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode('begin'));
        await gate;
        order.push('last byte');
        controller.close();
      },
    });
    return new Response(body);
  }, LOCAL);
  whenTestFinished(() => server.close());
  const answer = await fetch(`http://127.0.0.1:${server.port}/`);
  const reader = answer.body?.getReader();
  await reader?.read();
  expect(order).toEqual([]);
  finish();
  await told;
  expect(order).toEqual(['last byte', 'answered']);
});

it('reports a response as sent when the client has disconnected', async () => {
  let told: Promise<void> | undefined;
  let asked = () => {};
  const arrived = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const server = await listen(async (_, asker) => {
    told = asker.answered();
    asked();
    await told;
    return new Response();
  }, LOCAL);
  whenTestFinished(() => server.close());
  const leaving = new AbortController();
  const answer = fetch(`http://127.0.0.1:${server.port}/`, { signal: leaving.signal }).catch(() => 'gone');
  await arrived;
  leaving.abort();
  expect(await answer).toBe('gone');
  await told;
});

it('asks for a retry of a slow request', async () => {
  const server = await listen(async (request) => new Response(await request.text()), {
    ...LOCAL,
    requestMs: 200,
  });
  whenTestFinished(() => server.close());
  const begun = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf';
  for (const text of ['POST / HTTP/1.1\r\nHost:', begun]) {
    const answer = await rawRequest(server.port, text);
    expect(answer).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\nRetry-After: 30\r\n/);
  }
  expect(await rawRequest(server.port, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
});
