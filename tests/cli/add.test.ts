import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { issueText, makeNewsletter } from '../support/newsletter.js';
import { startWebServer } from '../support/web-server.js';

const DRAFT = issueText(3, 'Third').replace('sections:', 'draft: true\nsections:');
const news = (files: Record<string, string> = {}) =>
  makeNewsletter({ 'issues/003-third.yaml': DRAFT, ...files });

const HTML = `<title>A: "page"</title><meta name="author" content="Ada"><meta property="og:site_name" content="Site">`;
const startSite = () =>
  startWebServer({
    '/a': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(HTML),
  });

it('prints what it added as JSON, and the issue stays valid', async () => {
  await using site = await startSite();
  const { root, read } = news();
  const args = ['add', `${site.url}/a?utm_source=x`, '--allow-private', '--note', 'Mine: *yes*', '--json'];
  const { code, json } = await obn(root, args);
  const lines = read('issues/003-third.yaml').split('\n');
  const line = lines.findIndex((text) => text.includes('- title: \'A: "page"\'')) + 1;
  expect(line).toBeGreaterThan(0);
  expect(json()).toEqual({
    added: [
      {
        ...{ url: `${site.url}/a`, title: 'A: "page"', author: 'Ada', source: 'Site' },
        ...{ file: 'issues/003-third.yaml', line },
      },
    ],
  });
  expect(code).toBe(0);
  expect((await obn(root, ['check', '3', '--json'])).json()).toMatchObject({ errors: 0 });
});

it('reads addresses from standard input', async () => {
  await using site = await startSite();
  const { root, read } = news();
  const input = `# later\n${site.url}/a\r\n\n  ${site.url}/gone  \n`;
  const { code, stdout, stderr } = await obn(root, ['add', '--allow-private'], { input });
  expect(stdout).toMatch(
    /^issues\/003-third\.yaml:\d+ A: "page"\nissues\/003-third\.yaml:\d+ 127\.0\.0\.1\n$/,
  );
  expect(stderr).toContain(`${site.url}/gone answers 404 Not Found. The title is only its host: write one.`);
  expect(code).toBe(0);
  expect(read('issues/003-third.yaml')).toContain(`url: ${site.url}/gone`);
});

it('refuses a private address, and no address', async () => {
  const { root, read } = news();
  const refused = await obn(root, ['add', 'http://127.0.0.1:1/']);
  expect(refused.stderr).toContain('http://127.0.0.1:1/ is on a private network, so obn added nothing');
  expect(refused.code).toBe(2);
  const empty = await obn(root, ['add'], { input: '' });
  expect(empty.stderr).toContain('there is no URL to add');
  expect(empty.code).toBe(2);
  expect(read('issues/003-third.yaml')).toBe(DRAFT);
});

it('prints the YAML in a dry run', async () => {
  await using site = await startSite();
  const { root, read } = news();
  const { stdout, stderr } = await obn(root, ['add', `${site.url}/a`, '--allow-private', '--dry-run']);
  expect(stdout).toBe(`- title: 'A: "page"'\n  url: ${site.url}/a\n  author: Ada\n  source: Site\n`);
  expect(stderr).toContain('Nothing was written.');
  expect(read('issues/003-third.yaml')).toBe(DRAFT);
});

it('moves the inbox into the next issue, comments included', async () => {
  const { root, read } = news({
    'links.yaml':
      '# On top\n- title: One # first\n  url: https://one.example\n# Between\n- title: Two\n  url: https://two.example\n',
  });
  const { code, json } = await obn(root, ['new', 'Fourth', '--json']);
  expect(code).toBe(0);
  const text = read(json<{ file: string }>().file);
  expect(text).toContain(
    '      # On top\n      - title: One # first\n        url: https://one.example\n      # Between\n      - title: Two\n',
  );
  expect(read('links.yaml')).toMatch(/^# Links for the next issue\.[^\n]*\n$/);
  expect((await obn(root, ['new', 'Fifth'])).code).toBe(0);
});

it('writes no issue while the inbox has errors', async () => {
  const { root, read, path } = news({ 'links.yaml': '- title: One\n  ulr: https://one.example\n' });
  const { code, stderr } = await obn(root, ['new', 'Fourth']);
  expect(stderr).toMatch(/links\.yaml:2:3.*unknown key "ulr"; did you mean "url"\?/s);
  expect(code).toBe(1);
  expect(existsSync(path('issues/004-fourth.yaml'))).toBe(false);
  expect(read('links.yaml')).toContain('ulr');
});
