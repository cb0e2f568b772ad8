import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { spawnObn } from '../support/cli.js';
import { obn } from '../support/cli-here.js';
import { issueText, makeNewsletter, type TestNewsletter } from '../support/newsletter.js';

interface Report {
  readonly issues: number;
  readonly hidden: number;
  readonly rendered: number;
  readonly written: number;
  readonly removed: number;
  readonly left: readonly string[];
  readonly findings?: readonly { file: string; line: number; rule: string; message: string }[];
}

async function build(newsletter: TestNewsletter, ...args: string[]): Promise<Report> {
  const result = await obn(newsletter.root, ['archive', '--json', ...args]);
  expect(result.stderr).toBe('');
  return result.json<Report>();
}

const page = (newsletter: TestNewsletter, number: number) =>
  newsletter.read(`site/issues/${number}/index.html`);

describe('obn archive', () => {
  it('builds pages, feeds and machine-readable files for public issues only', async () => {
    const newsletter = makeNewsletter({
      'issues/003-draft.yaml': issueText(3, 'A draft').replace('date:', 'draft: true\ndate:'),
      'issues/004-later.yaml': issueText(4, 'Much later').replace(/date: .*/, 'date: 2999-01-01'),
    });
    expect(await build(newsletter)).toMatchObject({ issues: 2, hidden: 2, rendered: 2 });
    const files = ['index.html', 'issues/index.html', '404.html', 'atom.xml', 'rss.xml', 'feed.json'];
    for (const file of [...files, 'sitemap.xml', 'robots.txt', 'assets/site.js', 'assets/search.js']) {
      expect(existsSync(newsletter.path('site', file)), file).toBe(true);
    }
    expect(readdirSync(newsletter.path('site/issues')).sort()).toEqual(['1', '2', 'index.html']);
    const everything = readdirSync(newsletter.path('site'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(html|xml|json)$/.test(file))
      .map((file) => newsletter.read(join('site', file)))
      .join('\n');
    expect(everything).not.toMatch(/A draft|Much later/);
    expect(everything).not.toMatch(/unsubscribe/i);
    expect(page(newsletter, 1)).toContain('Hello there, this is issue 1.');
    expect(page(newsletter, 1)).toContain('<a rel="next" href="/issues/2/">');
    expect(newsletter.read('site/feed.json')).toContain('Hello there, this is issue 2.');
  });

  it('names characters missing in share images until a font has them', async () => {
    const newsletter = makeNewsletter({ 'issues/003-clouds.yaml': issueText(3, '云端 clouds') });
    const { stderr } = await obn(newsletter.root, ['archive']);
    expect(stderr).toBe(
      'No font has 云端. The share images of #3 leave it out. Set archive.card_font to a font file that has it.\n',
    );
    const config = newsletter.read('obn.yaml');
    newsletter.write('obn.yaml', `${config}archive: { card_font: gone.ttf }\n`);
    const broken = await obn(newsletter.root, ['archive']);
    expect(broken.code).toBe(3);
    expect(broken.stderr).toContain('gone.ttf: no such file');
  });

  it('skips unchanged pages, and removes pages of removed issues', async () => {
    const files = Object.fromEntries(
      [3, 4, 5].map((number) => [`issues/00${number}-n.yaml`, issueText(number, `Issue ${number}`)]),
    );
    const newsletter = makeNewsletter(files);
    await build(newsletter);
    expect(await build(newsletter)).toMatchObject({ rendered: 0, written: 0, removed: 0 });
    const before = statSync(newsletter.path('site/issues/4/index.html')).mtimeMs;
    newsletter.write('issues/001-first.yaml', issueText(1, 'The first one').replace('Somebody', 'Anybody'));
    expect(await build(newsletter)).toMatchObject({ rendered: 1, removed: expect.any(Number) });
    expect(page(newsletter, 1)).toContain('Anybody wrote');
    expect(statSync(newsletter.path('site/issues/4/index.html')).mtimeMs).toBe(before);
    rmSync(newsletter.path('issues/003-n.yaml'));
    // Its neighbours lead to each other now.
    expect(await build(newsletter)).toMatchObject({ issues: 4, rendered: 2 });
    expect(existsSync(newsletter.path('site/issues/3'))).toBe(false);
    expect(page(newsletter, 2)).toContain('<a rel="next" href="/issues/4/">');
  });

  it.each([
    ['a snippet', 'snippets/tip.md', 'Other words.'],
    ['a template', 'templates/sections/signoff/web.html.hbs', '<p>Other words.</p>'],
  ])('renders every page again when %s has changed', async (_, file, text) => {
    const newsletter = makeNewsletter({ 'snippets/tip.md': 'Words.' });
    newsletter.write('issues/002-second.yaml', issueText(2, 'Two').replace('Hello', '{{> tip}} Hello'));
    await build(newsletter);
    newsletter.write(file, text);
    expect(await build(newsletter)).toMatchObject({ rendered: 2 });
    expect(page(newsletter, 2)).toContain('Other words.');
  });

  it('keeps all links below the base path', async () => {
    const newsletter = makeNewsletter();
    await build(newsletter, '--base', '/news/', '--out', 'public');
    const html = newsletter.read('public/issues/1/index.html');
    const own = [...html.matchAll(/ (?:href|src)="(\/[^"]*)"/g)].map(([, path]) => path);
    expect(own.length).toBeGreaterThan(5);
    for (const path of own) expect(path).toMatch(/^\/news\//);
    expect(html).toContain('<link rel="canonical" href="https://weekly.example.com/issues/1/">');
    expect(newsletter.read('public/atom.xml')).toContain('https://weekly.example.com/issues/1/');
    expect(newsletter.read('public/atom.xml')).not.toContain('/news/');
  });

  it('takes the path from the address of the newsletter', async () => {
    const newsletter = makeNewsletter({}, { config: { newsletter: { url: 'https://example.com/weekly/' } } });
    await build(newsletter);
    expect(newsletter.read('site/index.html')).toContain('href="/weekly/issues/2/"');
  });

  it('has a form for new readers where an endpoint is configured', async () => {
    const subscribe = 'https://weekly.example.com/subscribe';
    const newsletter = makeNewsletter({}, { config: { archive: { subscribe } } });
    await build(newsletter);
    const form = newsletter.read('site/index.html');
    expect(form).toMatch(/<form[^>]* method="post" action="https:\/\/weekly.example.com\/subscribe">/);
    expect(form).toMatch(/<input[^>]* type="email" name="email"[^>]* required>/);
  });

  it('finds broken links, anchors and images with their position in the issue', async () => {
    const links =
      '[a](/issues/9/) [b](/issues/2/#nothing) [c](https://weekly.example.com/issues/2/#what-happened)';
    const text = issueText(1, 'One').replace('Somebody', `![x](images/none.png) ${links} Somebody`);
    const newsletter = makeNewsletter({ 'issues/001-first.yaml': text });
    const result = await obn(newsletter.root, ['archive', '--check', '--json']);
    expect(result.code).toBe(1);
    const found = result
      .json<Report>()
      .findings?.map(({ file, line, message }) => `${file}:${line} ${message}`);
    expect(found?.sort()).toEqual([
      'issues/001-first.yaml:12 /issues/2/#nothing leads to an id that issues/2/index.html does not have',
      'issues/001-first.yaml:12 /issues/9/ leads to a missing page',
      'issues/001-first.yaml:12 images/none.png does not exist',
    ]);
  });

  it.each([
    ['an issue that cannot be read', (text: string) => text.replace('sections:', 'sectoins:'), 1],
    ['a merge field that cannot be', (text: string) => text.replace('Somebody', '{{> nothing}}'), 1],
  ])('refuses %s, and does not change the site', async (_, change, code) => {
    const newsletter = makeNewsletter();
    await build(newsletter);
    newsletter.write('issues/001-first.yaml', issueText(1, 'Changed'));
    newsletter.write('issues/002-second.yaml', change(issueText(2, 'The second one')));
    const result = await obn(newsletter.root, ['archive']);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain('issues/002-second.yaml:');
    expect(page(newsletter, 1)).toContain('<h1>The first one</h1>');
    expect(readdirSync(newsletter.path('site')).filter((name) => /^\.obn-archive-/.test(name))).toEqual([]);
  });

  it('does not wait for a draft that has errors', async () => {
    const broken = issueText(3, 'Three').replace('sections:', 'draft: true\nsectoins:');
    const newsletter = makeNewsletter({ 'issues/003-three.yaml': broken });
    const result = await obn(newsletter.root, ['archive', '--json']);
    expect(result.code).toBe(0);
    expect(result.json<Report>()).toMatchObject({ issues: 2 });
    expect(result.stderr).toContain('issues/003-three.yaml:6:1 error schema/unknown-key');
  });

  it('names the error in a draft that it leaves out, also where its YAML cannot be read', async () => {
    const broken = issueText(3, 'Three: a colon').replace('sections:', 'draft: true\nsections:');
    const newsletter = makeNewsletter({ 'issues/003-three.yaml': broken });
    const result = await obn(newsletter.root, ['archive']);
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('Drafts with errors are left out of the site:');
    expect(result.stderr).toMatch(/issues\/003-three\.yaml:2:\d+ error yaml\/syntax/);
    expect(page(newsletter, 2)).toContain('The second one');
  });

  it('takes nothing that is half merged for a draft', async () => {
    const newsletter = makeNewsletter();
    await build(newsletter);
    const conflict = '<<<<<<< HEAD\ndraft: true\n=======\n>>>>>>> main\ntitle:';
    newsletter.write('issues/002-second.yaml', issueText(2, 'The second one').replace('title:', conflict));
    const result = await obn(newsletter.root, ['archive']);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/issues\/002-second\.yaml:\d+:\d+ error yaml\/syntax/);
    expect(page(newsletter, 2)).toContain('The second one');
  });

  it('refuses a folder with a foreign page in the way', async () => {
    const newsletter = makeNewsletter({ 'site/index.html': 'mine' });
    const result = await obn(newsletter.root, ['archive']);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain('index.html');
    expect(newsletter.read('site/index.html')).toBe('mine');
  });

  it('refuses a source folder of the newsletter, and keeps its images', async () => {
    const newsletter = makeNewsletter();
    const result = await obn(newsletter.root, ['archive', '--out', 'issues/site']);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain('is in issues/');
    expect(existsSync(newsletter.path('issues/site'))).toBe(false);
  });

  it('refuses two public issues of one number', async () => {
    const result = await obn(makeNewsletter({ 'issues/003-x.yaml': issueText(2, 'Two again') }).root, [
      'archive',
    ]);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('issues/002-second.yaml and issues/003-x.yaml both say `number: 2`');
  });

  it('publishes no file that is not an image, is outside the folder, or contains a location', async () => {
    const shown = ['words', 'elsewhere', 'folder', 'tagged', 'harmless'];
    const sections = shown.map((name) => `  - { type: image, src: images/${name}.png, alt: A ${name} }\n`);
    const newsletter = makeNewsletter({ 'issues/001-first.yaml': issueText(1, 'One') + sections.join('') });
    const header = Buffer.from('BM'.padEnd(14, '\0'));
    const size = Buffer.from(Uint32Array.of(40, 20, 10).buffer);
    const bitmap = Buffer.concat([header, size, Buffer.alloc(28)]);
    const outside = makeNewsletter();
    outside.write('secret.png', bitmap);
    newsletter.write('issues/images/words.png', 'email\nada@example.com');
    newsletter.write('issues/images/tagged.png', Buffer.concat([bitmap, Buffer.from('Exif\0\0GPS')]));
    newsletter.write('issues/images/harmless.png', bitmap);
    mkdirSync(newsletter.path('issues/images/folder.png'));
    symlinkSync(outside.path('secret.png'), newsletter.path('issues/images/elsewhere.png'));
    const { stdout } = await obn(newsletter.root, ['archive']);
    for (const name of shown) expect(stdout).toContain(`The image images/${name}.png `);
    expect(readdirSync(newsletter.path('site/images'))).toEqual(['harmless.png']);
  });

  it('is built by one at a time', async () => {
    const newsletter = makeNewsletter();
    const results = await Promise.all([1, 2, 3].map(() => obn(newsletter.root, ['archive', '--json'])));
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
    const rendered = results.map((result) => result.json<Report>().rendered);
    expect(rendered.sort()).toEqual([0, 0, 2]);
    expect(readdirSync(newsletter.path('site')).filter((name) => name.startsWith('.'))).toEqual([
      '.obn-archive.json',
    ]);
  });

  it.each(['news', '//news', '/a b', '/../x', '/"'])('refuses %s as its path', async (base) => {
    const result = await obn(makeNewsletter().root, ['archive', '--base', base]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('--base takes a path');
  });
});

describe('a build that is killed', () => {
  it('leaves a site of which each page is whole and leads somewhere, and the next one finishes it', async () => {
    const numbers = Array.from({ length: 24 }, (_, index) => index + 1);
    const newsletter = makeNewsletter();
    const write = (round: number) => {
      for (const number of numbers) {
        const name =
          number === 1 ? '001-first' : number === 2 ? '002-second' : `${String(number).padStart(3, '0')}-n`;
        newsletter.write(
          `issues/${name}.yaml`,
          issueText(number, `Issue ${number}`).replace('Somebody', `In round ${round}, somebody`),
        );
      }
      // An issue that comes and goes, so that links have to follow.
      if (round % 2 === 0) rmSync(newsletter.path('issues/012-n.yaml'));
    };
    write(1);
    await build(newsletter);
    const moved = async (round: number) => {
      const { child, result } = spawnObn(newsletter.root, ['archive']);
      const first = newsletter.path(`site/issues/${1 + ((round * 7) % 24)}/index.html`);
      const before = statSync(first, { throwIfNoEntry: false })?.ino;
      let ended = false;
      void result.then(() => {
        ended = true;
      });
      await vi.waitUntil(() => ended || statSync(first, { throwIfNoEntry: false })?.ino !== before, {
        timeout: 30_000,
        interval: 1,
      });
      child.kill('SIGKILL');
      return (await result).signal;
    };
    const signals: unknown[] = [];
    for (const round of [2, 3, 4, 5, 6]) {
      write(round);
      signals.push(await moved(round));
      for (const number of numbers) {
        const file = newsletter.path(`site/issues/${number}/index.html`);
        if (!existsSync(file)) continue;
        const html = readFileSync(file, 'utf8');
        expect(html.endsWith('</html>\n')).toBe(true);
        for (const [, path] of html.matchAll(/ href="(\/issues\/\d+\/)"/g)) {
          expect(existsSync(newsletter.path(`site${path}index.html`)), `${file} leads to ${path}`).toBe(true);
        }
      }
      expect(newsletter.read('site/index.html')).toMatch(/<\/html>\s$/);
    }
    expect(signals).toContain('SIGKILL');
    await build(newsletter);
    expect(page(newsletter, 24)).toContain('In round 6, somebody');
    expect(existsSync(newsletter.path('site/issues/12'))).toBe(false);
    expect(readdirSync(newsletter.path('site')).filter((name) => name.startsWith('.obn-archive-'))).toEqual(
      [],
    );
    writeFileSync(newsletter.path('site/mine.txt'), 'mine');
    expect(await build(newsletter)).toMatchObject({ written: 0, removed: 0 });
  }, 180_000);
});
