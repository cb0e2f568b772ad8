import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';

const EMPTY = {
  'obn.yaml': null,
  'issues/001-first.yaml': null,
  'issues/002-second.yaml': null,
  'subscribers.csv': null,
};

describe('obn init', () => {
  it('makes a newsletter that checks, renders and rehearses', async () => {
    const { root, path, read } = await makeNewsletter(EMPTY);
    const args = [
      'init',
      'news',
      '--name',
      'Daily: "Planet" #1',
      '--from',
      'Clark Kent <clark@planet.example>',
    ];
    expect((await obn(root, args)).code).toBe(0);
    const news = path('news');
    expect(read('news/.gitignore').split('\n')).toEqual(expect.arrayContaining(['.obn/', 'subscribers.csv']));
    expect(existsSync(path('news/.github/workflows/newsletter.yml'))).toBe(true);
    const check = await obn(news, ['check', '--json']);
    expect(check.json()).toMatchObject({ errors: 0 });
    expect(check.stdout).not.toContain('newsletter/id');
    expect(read('news/obn.yaml')).toContain('\n  id: daily-planet-1.planet.example\n');
    const render = await obn(news, ['render', '--out', 'out']);
    expect(render.code).toBe(0);
    const issue = read('news/issues/001-hello-world.yaml');
    expect(issue.split('\n')[0]).toBe('# yaml-language-server: $schema=../.obn/schema/issue.schema.json');
    expect(existsSync(path('news/.obn/schema/issue.schema.json'))).toBe(true);
  });

  it('cannot be sent live with placeholders', async () => {
    const { root, path, write, read } = await makeNewsletter(EMPTY);
    await obn(root, ['init', 'news', '--yes']);
    const file = 'news/issues/001-hello-world.yaml';
    await write(file, read(file).replace('draft: true\n', ''));
    const env = { SMTP_URL: 'smtp://127.0.0.1:1' };
    await write('news/obn.yaml', `${read('news/obn.yaml')}smtp: { url: "\${SMTP_URL}" }\n`);
    const { code, stderr } = await obn(path('news'), ['send', '1', '--transport', 'smtp', '--yes'], { env });
    expect(code).toBe(3);
    expect(stderr).toMatch(/newsletter.address is still the placeholder/);
    expect(stderr).toMatch(/unsubscribe.url is still the placeholder/);
    expect(existsSync(path('news/.obn/outbox'))).toBe(false);
  });

  it('overwrites nothing', async () => {
    const { root, read } = await makeNewsletter();
    const before = read('obn.yaml');
    const { code, stderr } = await obn(root, ['init', '--yes']);
    expect(code).toBe(2);
    expect(stderr).toContain('obn.yaml already exists');
    expect(read('obn.yaml')).toBe(before);
  });

  it('names the flag for a missing answer', async () => {
    const { root } = await makeNewsletter(EMPTY);
    const { code, stderr } = await obn(root, ['init']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--name.*--yes/s);
    expect((await obn(root, ['init', '--name', 'X', '--from', 'nobody'])).stderr).toMatch(
      /Jane Doe <jane@example.com>/,
    );
  });

  it('keeps the content of .gitignore', async () => {
    const { root, read } = await makeNewsletter({ ...EMPTY, '.gitignore': 'node_modules\n.obn/' });
    await obn(root, ['init', '--yes']);
    expect(read('.gitignore')).toBe('node_modules\n.obn/\nsubscribers.csv\n.subscribers.csv.*.tmp\nsite/\n');
  });
});

describe('obn new', () => {
  it('creates the next issue, with a number above every file and the ledger', async () => {
    const { root, read } = await makeNewsletter();
    const { code, stdout } = await obn(root, ['new', 'When ☀️ it: rains']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'issues/003-when-it-rains.yaml\n' });
    const text = read('issues/003-when-it-rains.yaml');
    expect(text).toMatch(/^number: 3$/m);
    expect(text).toMatch(/^title: ".*it: rains"$/m);
    expect((await obn(root, ['check', '3', '--json'])).json()).toMatchObject({ errors: 0 });
    expect((await obn(root, ['list', '--json'])).json()).toMatchObject([
      {},
      {},
      { number: 3, state: 'draft' },
    ]);
  });

  it('writes the sections that are asked for', async () => {
    const { root, read } = await makeNewsletter();
    await obn(root, ['new', '--title', 'Short', '--sections', 'intro,quote,signoff', '--date', '2030-01-02']);
    const types = [...read('issues/003-short.yaml').matchAll(/- type: (\w+)/g)].map((match) => match[1]);
    expect(types).toEqual(['intro', 'quote', 'signoff']);
    expect(read('issues/003-short.yaml')).toMatch(/^date: 2030-01-02$/m);
  });

  it('copies the outline of an earlier issue', async () => {
    const { root, read } = await makeNewsletter();
    await obn(root, ['new', '--title', 'Again', '--from', '1']);
    const types = (text: string) => [...text.matchAll(/- type: (\w+)/g)].map((match) => match[1]);
    expect(types(read('issues/003-again.yaml'))).toEqual(types(read('issues/001-first.yaml')));
  });

  it('writes one issue each when two are started at once, and never over another', async () => {
    const { root, path } = await makeNewsletter();
    const both = await Promise.all([obn(root, ['new', 'Same']), obn(root, ['new', 'Same'])]);
    const codes = both.map(({ code }) => code).sort();
    expect([
      [0, 0],
      [0, 2],
    ]).toContainEqual(codes);
    expect(readFileSync(path('issues/003-same.yaml'), 'utf8')).toMatch(/^number: 3$/m);
  });

  it('needs a title', async () => {
    const { root } = await makeNewsletter();
    const { code, stderr } = await obn(root, ['new']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--title/);
  });
});
