import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { type FetchOptions, fetchPage } from '../../src/collect/fetch-page.js';
import { systemClock } from '../../src/platform/clock.js';
import { readWebPage, type WebPageOptions } from '../../src/platform/read-web-page.js';
import { answer, startTcpServer, startWebServer } from '../support/web-server.js';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const options: FetchOptions = {
  clock: systemClock,
  signal: new AbortController().signal,
  allowPrivate: true,
  limits: { wholeMs: 1_000, maxBytes: 100_000 },
};

const fetched = (url: string, more: Partial<FetchOptions> = {}) =>
  fetchPage(new URL(url), { ...options, ...more });

it('reads a page, compressed or not', async () => {
  await using server = await startWebServer({
    '/plain': (_, response) => response.writeHead(200, HTML).end('<title>é'),
    '/packed': (_, response) =>
      response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(gzipSync('<title>é')),
  });
  const page = { kind: 'page', html: '<title>é', isWhole: true };
  expect(await fetched(`${server.url}/plain`)).toMatchObject(page);
  expect(await fetched(`${server.url}/packed`)).toMatchObject(page);
});

it('reads the start of a page that does not end, and closes the connection', async () => {
  let closed = false;
  await using server = await startWebServer({
    '/endless': (_, response) => {
      response.writeHead(200, HTML).write('<title>Big</title>');
      const more = () => {
        while (!closed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more).on('close', () => {
        closed = true;
      });
      more();
    },
  });
  const page = await fetched(`${server.url}/endless`);
  expect(page).toMatchObject({ kind: 'page', isWhole: false });
  expect(page.kind === 'page' && page.html.length).toBe(100_000);
  await expect.poll(() => closed).toBe(true);
});

it('does not unpack more than the limit', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000, 'x'));
  await using server = await startWebServer({
    '/bomb': (_, response) => response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(bomb),
  });
  const page = await fetched(`${server.url}/bomb`);
  expect(page.kind === 'page' && page.html.length).toBe(100_000);
});

it.each(['never answers', 'stops in the page'])('gives up on a server that %s', async (how) => {
  await using server = await startTcpServer((socket) => {
    if (how === 'stops in the page')
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n<title>');
  });
  const limits = { wholeMs: 200, maxBytes: 1_000 };
  const page = await fetched(`http://127.0.0.1:${server.port}/`, { limits });
  expect(page).toMatchObject({ kind: 'unread', reason: expect.stringMatching(/no response within 0\.2 s$/) });
});

it('reports a page that breaks off', async () => {
  await using server = await startTcpServer((socket) => {
    socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n<title>');
  });
  expect(await fetched(`http://127.0.0.1:${server.port}/`)).toMatchObject({ kind: 'unread' });
});

it.each([
  [404, {}, 'answers 404 Not Found'],
  [429, {}, 'answers 429 to programs'],
  [200, { 'content-type': 'application/pdf' }, 'is not a web page (application/pdf)'],
  [200, {}, 'is not a web page (unknown type)'],
  [302, { location: 'ftp://a.example/' }, 'redirects to an invalid address'],
  [302, { location: '/page' }, 'redirects more than 10 times'],
])('tells why there is no page: %i %o', async (status, headers, reason) => {
  await using server = await startWebServer({ '/page': answer(status, headers) });
  expect(await fetched(`${server.url}/page`)).toMatchObject({ kind: 'unread', reason });
});

it('follows redirects, and links to where permanent ones lead', async () => {
  await using server = await startWebServer({
    '/short': answer(301, { location: '/old' }),
    '/old': answer(308, { location: '/page' }),
    '/page': answer(302, { location: '/login' }),
    '/login': (_, response) => response.writeHead(200, HTML).end('<title>Log in'),
  });
  const page = await fetched(`${server.url}/short#part`);
  expect(page).toMatchObject({ kind: 'page', html: '<title>Log in' });
  expect(page.url.href).toBe(`${server.url}/page#part`);
});

it.each([
  'http://127.0.0.1:1/',
  'http://[::1]:1/',
  'http://10.0.0.1/',
  'http://localhost:1/',
  'http://2130706433/',
])('does not request the private address %s', async (url) => {
  expect(await fetched(url, { allowPrivate: false })).toMatchObject({ kind: 'private' });
});

it('does not follow a public site to a private address, even where private addresses are allowed', async () => {
  const asked: string[] = [];
  const read = async (url: URL, how: WebPageOptions) => {
    asked.push(url.href);
    if (url.hostname !== 'public.example') return readWebPage(url, how);
    const head = { status: 302, words: 'Found', headers: { location: 'http://127.0.0.1:1/' } };
    return { ...head, address: '93.184.215.14', bytes: new Uint8Array(), isWhole: true };
  };
  const page = await fetched('https://public.example/', { read });
  expect(page).toMatchObject({ kind: 'private', target: new URL('http://127.0.0.1:1/') });
  expect(asked).toEqual(['https://public.example/', 'http://127.0.0.1:1/']);
});

it('stops when it is told to', async () => {
  await using server = await startTcpServer(() => undefined);
  const stop = new AbortController();
  const page = fetched(`http://127.0.0.1:${server.port}/`, { signal: stop.signal });
  stop.abort();
  expect(await page).toMatchObject({ kind: 'unread' });
});
