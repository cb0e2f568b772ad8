import { expect, it } from 'vitest';
import { spawnObn } from '../support/cli.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter, type TestNewsletter } from '../support/newsletter.js';
import { answer, startWebServer } from '../support/web-server.js';

/** An issue that links to every path, each in a place of another kind. */
function linking(url: string, more: Readonly<Record<string, string>> = {}): TestNewsletter {
  const issue = `number: 1
title: The first one
preheader: What somebody wrote, and what became of it
date: 2026-06-01
sections:
  - type: intro
    body: |
      Read [the good paper](${url}/good#part) and [the lost one](${url}/gone),
      or write to [the editor](mailto:jane@example.com).

      [Your own page](${url}/personal/{{email}}) is yours, and {{> tip}} is for all.
  - type: links
    heading: To read
    items:
      - title: The other paper
        url: ${url}/closed
  - type: button
    label: The button
    url: ${url}/button
  - type: image
    src: ${url}/picture.png
    alt: A drawing of two clouds
  - type: signoff
    closing: Bye
    name: Jane
`;
  const files = { 'issues/001-first.yaml': issue, 'snippets/tip.md': `[a tip](${url}/tip)`, ...more };
  return makeNewsletter({ 'issues/002-second.yaml': null, ...files });
}

const PATHS = {
  '/good': answer(200),
  '/closed': answer(403),
  '/button': answer(410),
  '/tip': answer(200),
};

interface Json {
  readonly findings: { rule: string; severity: string; line: number; column: number; message: string }[];
  readonly links: object;
}

it('finds dead links with their position', async () => {
  await using server = await startWebServer(PATHS);
  const newsletter = linking(server.url);
  const { code, json, stderr } = await obn(newsletter.root, [
    'check',
    '1',
    '--links',
    '--allow-private',
    '--json',
  ]);
  const { findings, links } = json<Json>();
  const asked = findings.filter(({ rule }) => /^link\/(dead|unsure)$/.test(rule));
  const lines = newsletter.read('issues/001-first.yaml').split('\n');
  const places = asked.map(({ rule, severity, line, column, message }) => {
    const path = lines[line - 1]
      ?.slice(column - 1)
      .match(/^(?:\[the lost one\]\()?http:\/\/127\.0\.0\.1:\d+(\/[\w.]+)/)?.[1];
    return `${severity} ${rule} ${path} ${message.replace(server.url, '')}`;
  });
  expect(places).toEqual([
    'error link/dead /gone /gone answers 404 Not Found',
    'warning link/unsure /closed /closed answers 403 Forbidden',
    'error link/dead /button /button answers 410 Gone',
    'error link/dead /picture.png /picture.png answers 404 Not Found',
  ]);
  expect(links).toEqual({ good: 2, dead: 3, unsure: 1, unknown: 0 });
  expect(stderr).toContain('2 of 6 links work, 3 dead, 1 unsure.');
  expect(code).toBe(1);
  expect(server.requests.join(' ')).not.toMatch(/personal|mailto/);
});

it('makes no requests without --links', async () => {
  await using server = await startWebServer(PATHS);
  await obn(linking(server.url).root, ['check', '1']);
  expect(server.requests).toEqual([]);
});

it('does not request a good link again within a day', async () => {
  await using server = await startWebServer(PATHS);
  const newsletter = linking(server.url);
  await obn(newsletter.root, ['check', '--links', '--allow-private']);
  expect(server.requests).toContain('HEAD /good');
  const before = server.requests.length;
  const { json } = await obn(newsletter.root, ['check', '--links', '--allow-private', '--json']);
  const again = server.requests.slice(before).map((request) => request.split(' ')[1]);
  expect(new Set(again)).toEqual(new Set(['/gone', '/closed', '/button', '/picture.png']));
  expect(json<Json>().links).toEqual({ good: 2, dead: 3, unsure: 1, unknown: 0 });
});

it('can be switched off beside the link, and annotates a pull request', async () => {
  await using server = await startWebServer(PATHS);
  const newsletter = linking(server.url);
  const text = newsletter.read('issues/001-first.yaml');
  newsletter.write(
    'issues/001-first.yaml',
    text.replace('/closed', '/closed # obn-ignore link/unsure: they let no program in'),
  );
  const { stdout } = await obn(newsletter.root, [
    'check',
    '1',
    '--links',
    '--allow-private',
    '--format',
    'github',
  ]);
  expect(stdout).toMatch(/^::error file=issues\/001-first\.yaml,line=8,col=\d+,title=link\/dead::/m);
  expect(stdout).not.toMatch(/link\/unsure|check\/switch/);
});

it('stops on interrupt, and keeps good results', async () => {
  await using server = await startWebServer({
    ...PATHS,
    '/button': () => undefined,
    '/gone': () => undefined,
  });
  const newsletter = linking(server.url);
  const { child, result } = spawnObn(newsletter.root, ['check', '--links', '--allow-private']);
  while (!server.requests.some((request) => /gone|button/.test(request)) && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGINT');
  const { code, stderr } = await result;
  expect(stderr).toMatch(/stopped after \d of 6 links/);
  expect(code).toBe(4);
  expect(newsletter.read('.obn/cache/links-private.json')).toContain('/good');
});

it('does not take a machine without a network for a world without links', async () => {
  const hosts = ['one', 'two', 'three']
    .map((name) => `[${name} of them](https://${name}.invalid/)`)
    .join(', ');
  const body = `sections:\n  - type: intro\n    body: Read ${hosts}.\n  - type: signoff\n    closing: Bye\n    name: Jane\n`;
  const issue = `number: 1\ntitle: The first one\npreheader: Some words\ndate: 2026-06-01\n${body}`;
  const { root } = makeNewsletter({ 'issues/001-first.yaml': issue, 'issues/002-second.yaml': null });
  const { code, stderr } = await obn(root, ['check', '--links', '--allow-private']);
  expect(stderr).toMatch(/this machine seems to be offline/);
  expect(code).toBe(3);
});

it('skips private addresses in the issue, and says so', async () => {
  await using server = await startWebServer(PATHS);
  const named = linking(server.url.replace('127.0.0.1', 'localhost'));
  for (const { root } of [linking(server.url), named]) {
    const { json, stderr } = await obn(root, ['check', '1', '--links', '--json']);
    const { findings, links } = json<Json>();
    expect(server.requests).toEqual([]);
    expect(stderr).toContain('Links to private addresses, not requested: 6.');
    expect(stderr).toContain('--allow-private');
    expect(links).toEqual({ good: 0, dead: 0, unsure: 6, unknown: 0 });
    // One finding for each link, by the rule that finds it without the network.
    const about = findings.filter(({ message }) => /127\.0\.0\.1|localhost/.test(message));
    expect(new Set(about.map(({ rule }) => rule))).toContain('link/address');
    expect(about.map(({ rule }) => rule)).not.toContain('link/unsure');
  }
});

it('does not take a good answer of a private address for one of the Internet', async () => {
  await using server = await startWebServer(PATHS);
  const { root } = linking(server.url);
  await obn(root, ['check', '1', '--links', '--allow-private']);
  const { json } = await obn(root, ['check', '1', '--links', '--json']);
  expect(json<Json>().links).toMatchObject({ good: 0, unsure: 6 });
});

it('takes --allow-private with --links alone', async () => {
  const { code, stderr } = await obn(makeNewsletter().root, ['check', '--allow-private']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('--allow-private needs --links')]);
});
