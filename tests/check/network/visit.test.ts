import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { visit } from '../../../src/check/network/visit.js';
import { type Clock, systemClock } from '../../../src/platform/clock.js';
import { askWeb } from '../../../src/platform/web.js';
import { answer, startTcpServer, startWebServer } from '../../support/web-server.js';

const options = {
  ask: askWeb,
  clock: systemClock,
  signal: new AbortController().signal,
  allowPrivate: true,
  limits: { headMs: 300, getMs: 300, wholeMs: 2_000 },
};

it('accepts a good answer to HEAD', async () => {
  await using server = await startWebServer({ '/page': answer(204) });
  expect(await visit(`${server.url}/page`, options)).toEqual({ kind: 'good' });
  expect(server.requests).toEqual(['HEAD /page']);
});

it.each([405, 403, 404, 500, 501])('retries with GET when HEAD is answered with %i', async (status) => {
  await using server = await startWebServer({
    '/page': (request, response) => response.writeHead(request.method === 'HEAD' ? status : 200).end('page'),
  });
  expect(await visit(`${server.url}/page`, options)).toEqual({ kind: 'good' });
  expect(server.requests).toEqual(['HEAD /page', 'GET /page']);
});

it.each([
  [404, 'dead'],
  [410, 'dead'],
  [400, 'unsure'],
  [401, 'unsure'],
  [403, 'unsure'],
  [500, 'unsure'],
  [503, 'unsure'],
])('judges the status %i as %s', async (status, kind) => {
  await using server = await startWebServer({ '/page': answer(status) });
  const said = expect.stringMatching(new RegExp(`^answers ${status} [A-Z]`));
  expect(await visit(`${server.url}/page`, options)).toMatchObject({ kind, said });
});

it('does not read the body', async () => {
  let sent = 0;
  await using server = await startWebServer({
    '/endless': (request, response) => {
      if (request.method === 'HEAD') return response.writeHead(405).end();
      const timer = setInterval(() => {
        sent += 1;
        response.write('x'.repeat(1_000));
      }, 5);
      return response.on('close', () => clearInterval(timer));
    },
  });
  expect(await visit(`${server.url}/endless`, options)).toEqual({ kind: 'good' });
  await systemClock.sleep(100);
  const before = sent;
  await systemClock.sleep(100);
  expect(sent).toBe(before);
});

it('follows redirects and reports the target', async () => {
  await using server = await startWebServer({
    '/old': answer(301, { location: '/older' }),
    '/older': answer(302, { location: '/new#part' }),
    '/new': answer(200),
    '/lost': answer(302, { location: '/gone' }),
  });
  expect(await visit(`${server.url}/old`, options)).toEqual({ kind: 'good' });
  expect(await visit(`${server.url}/lost`, options)).toMatchObject({
    kind: 'dead',
    said: `redirects to ${server.url}/gone, which answers 404 Not Found`,
  });
});

it('stops at redirect loops, long redirect chains and targets outside of the web', async () => {
  await using server = await startWebServer({
    '/a': answer(302, { location: '/b' }),
    '/b': answer(302, { location: '/a' }),
    '/on': (_, response) => response.writeHead(302, { location: `/on?${Math.random()}` }).end(),
    '/out': answer(302, { location: 'file:///etc/passwd' }),
    '/bad': answer(302, { location: 'http://' }),
  });
  const said = async (path: string) => {
    const verdict = await visit(`${server.url}${path}`, options);
    return 'said' in verdict ? verdict.said : verdict.kind;
  };
  expect(await said('/a')).toMatch(/redirects in a loop$/);
  expect(await said('/on')).toMatch(/redirects more than 10 times$/);
  expect(await said('/out')).toMatch(/redirects to an invalid address$/);
  expect(await said('/bad')).toMatch(/redirects to an invalid address$/);
  expect(server.requests.length).toBeLessThan(40);
});

it('does not follow a public site to a private address', async () => {
  await using server = await startWebServer({
    '/open': answer(302, { location: '/secret' }),
    '/named': (_, response) => {
      const port = server.url.split(':').at(-1);
      response.writeHead(302, { location: `http://localhost:${port}/secret` }).end();
    },
    '/secret': answer(200),
  });
  // The same server with a public address.
  const ask: typeof askWeb = async (url, how) => ({ ...(await askWeb(url, how)), address: '93.184.216.34' });
  for (const path of ['/open', '/named']) {
    expect(await visit(`${server.url}${path}`, { ...options, ask })).toMatchObject({ cause: 'private' });
  }
  expect(server.requests.filter((request) => request.endsWith('/secret'))).toEqual([]);
  expect(await visit(`${server.url}/open`, options)).toEqual({ kind: 'good' });
});

it.each(['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '127.1', '2130706433'])(
  'connects to no private address in the issue: %s',
  async (host) => {
    await using server = await startWebServer({ '/page': answer(200) });
    const address = server.url.replace('127.0.0.1', host);
    const verdict = await visit(`${address}/page`, { ...options, allowPrivate: false });
    expect(verdict).toMatchObject({ kind: 'unsure', cause: 'private' });
    expect(server.requests).toEqual([]);
  },
);

it('waits once for a server with a short Retry-After', async () => {
  let asked = 0;
  await using server = await startWebServer({
    '/soon': (_, response) => {
      asked += 1;
      response.writeHead(asked === 1 ? 429 : 200, { 'retry-after': '1' }).end();
    },
    '/never': answer(429, { 'retry-after': '0' }),
    '/later': answer(429, { 'retry-after': '3600' }),
    '/some-time': answer(429),
  });
  const waits: number[] = [];
  const clock: Clock = {
    ...systemClock,
    sleep: async (ms) => {
      waits.push(ms);
    },
  };
  expect(await visit(`${server.url}/soon`, { ...options, clock })).toEqual({ kind: 'good' });
  expect(waits).toEqual([1_000]);
  for (const path of ['/never', '/later', '/some-time']) {
    expect(await visit(`${server.url}${path}`, options)).toEqual({ kind: 'unknown' });
  }
  expect(server.requests).toHaveLength(2 + 2 + 1 + 1);
});

it('ignores a challenge that only browsers pass', async () => {
  await using server = await startWebServer({ '/page': answer(403, { 'cf-mitigated': 'challenge' }) });
  expect(await visit(`${server.url}/page`, options)).toEqual({ kind: 'unknown' });
});

it.each([
  ['hangs', () => undefined, 'time-out', 'unsure'],
  ['sends one letter after the other', drip, 'time-out', 'unsure'],
  ['closes the connection', (socket: Socket) => socket.end(), 'broken', 'unsure'],
  ['resets it', (socket: Socket) => socket.resetAndDestroy(), 'broken', 'unsure'],
  ['talks garbage', (socket: Socket) => socket.end('\0\xff what?\r\n\r\n'), 'broken', 'unsure'],
  ['changes the protocol', upgrade, 'broken', 'unsure'],
] as const)('survives a server that %s', async (_, talk, cause, kind) => {
  await using server = await startTcpServer(talk);
  expect(await visit(`http://127.0.0.1:${server.port}/`, options)).toMatchObject({ kind, cause });
});

function drip(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
  const timer = setInterval(() => socket.write('x'), 20);
  socket.on('close', () => clearInterval(timer));
}

function upgrade(socket: Socket): void {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n');
}

it('removes control characters from server messages', async () => {
  await using server = await startTcpServer((socket) => socket.end('HTTP/1.1 500 \x1b]0;boo\x07oh\r\n\r\n'));
  const verdict = await visit(`http://127.0.0.1:${server.port}/`, options);
  expect(JSON.stringify(verdict)).not.toMatch(/\\u001b|\\u0007/);
  expect(verdict).toMatchObject({ kind: 'unsure' });
});

it('reports a refused connection and an unknown host as dead', async () => {
  const { port } = await startTcpServer(() => undefined).then(async (server) => {
    await server[Symbol.asyncDispose]();
    return server;
  });
  expect(await visit(`http://127.0.0.1:${port}/`, options)).toMatchObject({ kind: 'dead', cause: 'refused' });
  const unknown = await visit('http://nobody.invalid/', {
    ...options,
    limits: { ...options.limits, headMs: 20_000 },
  });
  // Without a network, a resolver may give no answer.
  expect(['no-host', 'no-name-server']).toContain('cause' in unknown ? unknown.cause : unknown.kind);
});

it('reports a TLS error', async () => {
  await using server = await startWebServer({ '/': answer(200) });
  const secure = server.url.replace('http:', 'https:');
  expect(await visit(`${secure}/`, options)).toMatchObject({ kind: 'unsure', cause: 'not-secure' });
});

it('ends when stopped, before its timeout', async () => {
  const controller = new AbortController();
  await using server = await startTcpServer(() => controller.abort());
  const limits = { headMs: 600_000, getMs: 600_000, wholeMs: 600_000 };
  const { port } = server;
  const verdict = await visit(`http://127.0.0.1:${port}/`, { ...options, signal: controller.signal, limits });
  expect(verdict).not.toMatchObject({ cause: 'time-out' });
});

it.each(['linkedin.com', 'www.linkedin.com', 'x.com', 'old.reddit.com'])(
  'trusts %s only when it answers that a page is gone',
  async (host) => {
    await using server = await startWebServer({
      '/gone': answer(404),
      '/page': answer(403),
      '/busy': answer(502),
    });
    // The URL has the name, but the request goes to the local server.
    const ask: typeof askWeb = (url, how) => askWeb(new URL(url.pathname, server.url), how);
    const kindOf = async (path: string) => (await visit(`https://${host}${path}`, { ...options, ask })).kind;
    expect(await kindOf('/gone')).toBe('dead');
    expect(await kindOf('/page')).toBe('unknown');
    expect(await kindOf('/busy')).toBe('unknown');
  },
);

it('does not treat other hosts as bot walls', async () => {
  await using server = await startWebServer({ '/page': answer(403) });
  const ask: typeof askWeb = (url, how) => askWeb(new URL(url.pathname, server.url), how);
  for (const host of ['notx.com', 'linkedin.com.example.org']) {
    expect(await visit(`https://${host}/page`, { ...options, ask })).toMatchObject({ kind: 'unsure' });
  }
});
