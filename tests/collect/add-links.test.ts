import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AddLinksOptions, addLinks } from '../../src/collect/add-links.js';
import { openNewsletter } from '../../src/config/load.js';
import { systemClock } from '../../src/platform/clock.js';
import { issueText, makeNewsletter, type TestNewsletter } from '../support/newsletter.js';
import { answer, startWebServer } from '../support/web-server.js';

const draft = (number: number) =>
  issueText(number, `Issue ${number}`).replace('sections:', 'draft: true\nsections:');
const page = (title: string) =>
  ((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>${title}</title>`)) as ReturnType<
    typeof answer
  >;

async function add({ root }: TestNewsletter, urls: readonly string[], options: AddLinksOptions = {}) {
  const host = { cwd: root, env: { OBN_SECRET: 'a secret of the tests, which is long' }, clock: systemClock };
  const newsletter = await openNewsletter(root, host.env);
  return addLinks(host, newsletter, urls, { allowPrivate: true, ...options });
}

it('adds pages to the newest draft, and tells where', async () => {
  await using server = await startWebServer({ '/a': page('A page'), '/b': page('B page') });
  const news = makeNewsletter({ 'issues/003-x.yaml': draft(3), 'issues/004-y.yaml': draft(4) });
  const { added, skipped } = await add(news, [`${server.url}/a?utm_source=x`, `${server.url}/b`]);
  const lines = news.read('issues/004-y.yaml').split('\n');
  expect(added.map(({ title, url, file }) => [title, url, file])).toEqual([
    ['A page', `${server.url}/a`, 'issues/004-y.yaml'],
    ['B page', `${server.url}/b`, 'issues/004-y.yaml'],
  ]);
  for (const { line, title } of added) expect(lines[line - 1]).toContain(`- title: ${title}`);
  expect(skipped).toEqual([]);
  expect(news.read('issues/003-x.yaml')).toBe(draft(3));
});

it('tells that an earlier issue, or the draft itself, has the address', async () => {
  await using server = await startWebServer({ '/a': page('A'), '/b': page('B') });
  const published = issueText(2, 'Two').replace(
    'https://stories.example.com/2',
    `${server.url}/a/?utm_medium=e`,
  );
  const news = makeNewsletter({ 'issues/002-second.yaml': published, 'issues/003-x.yaml': draft(3) });
  const { added } = await add(news, [`${server.url}/a`, `${server.url}/b`]);
  const line = published.split('\n').findIndex((text) => text.includes(server.url)) + 1;
  expect(added.map(({ earlier }) => earlier)).toEqual([
    { issue: 2, file: 'issues/002-second.yaml', line },
    undefined,
  ]);
  const before = news.read('issues/003-x.yaml');
  const again = await add(news, [`${server.url}/b#part`]);
  expect(again).toMatchObject({ added: [], skipped: [{ file: 'issues/003-x.yaml' }] });
  expect(news.read('issues/003-x.yaml')).toBe(before);
});

it('adds what it knows of a page that it cannot read', async () => {
  await using server = await startWebServer({ '/closed': answer(403) });
  const news = makeNewsletter({ 'issues/003-x.yaml': draft(3) });
  const { added } = await add(news, [`${server.url}/closed`, 'https://nobody.invalid/x?fbclid=1']);
  expect(added).toMatchObject([
    { title: '127.0.0.1', problem: 'answers 403 Forbidden' },
    { title: 'nobody.invalid', url: 'https://nobody.invalid/x', problem: expect.any(String) },
  ]);
  expect(news.read('issues/003-x.yaml')).toContain('# obn did not read this page: it answers 403 Forbidden.');
});

it('loses nothing when several are added at once', async () => {
  const paths = Array.from({ length: 6 }, (_, at) => `/page${at}`);
  await using server = await startWebServer(Object.fromEntries(paths.map((path) => [path, page(path)])));
  const news = makeNewsletter({ 'issues/003-x.yaml': draft(3) });
  const results = await Promise.all(paths.map((path) => add(news, [server.url + path])));
  expect(results.flatMap(({ added }) => added)).toHaveLength(6);
  const text = news.read('issues/003-x.yaml');
  for (const path of paths) expect(text.split(`url: ${server.url}${path}\n`)).toHaveLength(2);
  expect(readdirSync(news.path('.obn'))).toEqual([]);
});

describe('nothing is written', () => {
  const text = draft(3);

  it.each([
    [
      'a private address',
      ['https://nobody.invalid', 'http://127.0.0.1:1/'],
      /127\.0\.0\.1:1\/ is on a private network/,
    ],
    ['no address', ['not a url'], /"not a url" is not the URL of a web page/],
    ['a script', ['javascript:alert(1)'], /is not the URL of a web page/],
    ['a password', ['https://me:pass@a.example/'], /contains a user name or password/],
    ['a long address', [`https://a.example/${'x'.repeat(3_000)}`], /more than 2,000 characters/],
  ])('for %s', async (_, urls, message) => {
    const news = makeNewsletter({ 'issues/003-x.yaml': text });
    const failed = add(news, urls, { allowPrivate: false });
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toMatchObject({ exitCode: 2 });
    expect(news.read('issues/003-x.yaml')).toBe(text);
    expect(existsSync(news.path('.obn'))).toBe(false);
  });

  it.each([
    [{ note: ' ' }, 'the note is empty'],
    [{ section: '' }, 'a heading is one line of text'],
    [{ section: 'a\nb' }, 'a heading is one line of text'],
    [{ inbox: true, to: '3' }, 'links.yaml has no issues'],
  ])('for %o', async (options, message) => {
    const news = makeNewsletter({ 'issues/003-x.yaml': text });
    await expect(add(news, ['https://nobody.invalid'], options)).rejects.toThrow(message);
    expect(news.read('issues/003-x.yaml')).toBe(text);
  });

  it('when the newest issue has errors', async () => {
    const news = makeNewsletter({ 'issues/003-x.yaml': text, 'issues/004-y.yaml': 'number: 4\n' });
    await expect(add(news, ['https://nobody.invalid'])).rejects.toMatchObject({ exitCode: 1 });
    expect(news.read('issues/003-x.yaml')).toBe(text);
  });

  it('when it is stopped', async () => {
    await using server = await startWebServer({ '/hangs': () => undefined });
    const stop = new AbortController();
    const news = makeNewsletter({ 'issues/003-x.yaml': text });
    const adding = add(news, [`${server.url}/hangs`], { signal: stop.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    stop.abort();
    await expect(adding).rejects.toMatchObject({ exitCode: 4 });
    expect(news.read('issues/003-x.yaml')).toBe(text);
  });

  it('in a dry run, which creates no draft either', async () => {
    await using server = await startWebServer({ '/a': page('A') });
    const news = makeNewsletter();
    const { created, added, yaml } = await add(news, [`${server.url}/a`], { dryRun: true });
    expect({ created, file: added[0]?.file }).toEqual({ created: 3, file: 'issues/003-issue-3.yaml' });
    expect(yaml).toContain('- title: A\n');
    expect(existsSync(news.path('issues/003-issue-3.yaml'))).toBe(false);
    expect(existsSync(news.path('.obn'))).toBe(false);
  });
});

it('creates the next draft, with no sample among its links', async () => {
  await using server = await startWebServer({ '/a': page('A') });
  const news = makeNewsletter();
  const { created, added } = await add(news, [`${server.url}/a`]);
  expect(created).toBe(3);
  const text = news.read(added[0]?.file ?? '');
  expect(text).toContain('draft: true');
  expect(text.split('\n')[(added[0]?.line ?? 0) - 1]).toContain('title: A');
  expect(text).not.toContain('12factor');
});

it('uses the inbox if there is one and no draft, or if it is told to', async () => {
  await using server = await startWebServer({ '/a': page('A'), '/b': page('B') });
  const news = makeNewsletter({ 'links.yaml': '# mine\n' });
  expect((await add(news, [`${server.url}/a`])).added[0]?.file).toBe('links.yaml');
  news.write('issues/003-x.yaml', draft(3));
  expect((await add(news, [`${server.url}/b`], { inbox: true })).added[0]?.file).toBe('links.yaml');
  expect(news.read('links.yaml')).toMatch(/^# mine\n- title: A\n.*- title: B\n/s);
  expect(news.read('issues/003-x.yaml')).toBe(draft(3));
});
