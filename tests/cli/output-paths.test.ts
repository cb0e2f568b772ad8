import { existsSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { makeNewsletter, type TestNewsletter } from '../support/newsletter.js';

/** The names and contents of everything in the newsletter. */
const everything = ({ root, read }: TestNewsletter) =>
  readdirSync(root, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.obn'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
    .map((name) => [name, read(name)]);

function makeWorkspace() {
  const list = 'email\na@example.com\n';
  const newsletter = makeNewsletter({
    'snippets/a.md': 'A',
    '.git/HEAD': 'ref',
    'private/list.csv': list,
    'templates/page.html': '',
  });
  symlinkSync(newsletter.root, newsletter.path('link'));
  return newsletter;
}

describe('the folder of the site', () => {
  it.each([
    ['.', /contains obn\.yaml, the list, the ledger, the outbox, .* everything in it would be published/],
    ['..', /contains obn\.yaml/],
    ['/', /contains obn\.yaml/],
    ['link', /contains obn\.yaml/],
    ['link/..', /contains obn\.yaml/],
    ['.obn', /contains the ledger, the outbox and \.obn\//],
    ['.obn/site', /is in \.obn\//],
    ['.git/site', /is in \.git\//],
    ['issues', /contains issues\//],
    ['issues/images', /is in issues\//],
    ['snippets', /contains snippets\//],
    ['templates/site', /is in templates\//],
  ])('is not %s', async (out, words) => {
    const newsletter = makeWorkspace();
    const before = everything(newsletter);
    const { code, stderr } = await obn(newsletter.root, ['archive', '--out', out]);
    expect([code, stderr]).toEqual([3, expect.stringMatching(words)]);
    expect(stderr).toContain('use a separate folder, such as --out site');
    expect(everything(newsletter)).toEqual(before);
  });

  it.each([
    ['the list', { audience: { file: 'private/list.csv' } }, {}],
    ['the ledger', { ledger: 'sqlite:private/ledger.db' }, {}],
    ['the ledger', {}, { OBN_LEDGER: 'sqlite:private/ledger.db' }],
    ['the outbox', { outbox: { dir: 'private/outbox' } }, {}],
  ])('does not contain %s', async (what, config, env) => {
    const { root } = makeNewsletter({ 'private/list.csv': 'email\na@example.com\n' }, { config });
    const { code, stderr } = await obn(root, ['archive', '--out', 'private'], { env });
    expect([code, stderr]).toEqual([3, expect.stringContaining(`private, which contains ${what}:`)]);
  });

  it('does not contain a list that obn.yaml reaches through a link', async () => {
    const newsletter = makeWorkspace();
    renameSync(newsletter.path('subscribers.csv'), newsletter.path('private/real.csv'));
    symlinkSync(newsletter.path('private/real.csv'), newsletter.path('subscribers.csv'));
    const { code, stderr } = await obn(newsletter.root, ['archive', '--out', 'private']);
    expect([code, stderr]).toEqual([3, expect.stringContaining('private, which contains the list:')]);
  });

  it.each(['.', 'issues', '.obn'])('is not %s in obn.yaml, which is named with its place', async (out) => {
    const newsletter = makeNewsletter({}, { config: { archive: { out } } });
    const { code, stderr } = await obn(newsletter.root, ['archive']);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/obn\.yaml:\d+:\d+ .*the site cannot be in/)]);
    expect(existsSync(newsletter.path('index.html'))).toBe(false);
  });

  it.each(['site', 'a/b', 'checkout'])('may be %s', async (out) => {
    const { root, write, path } = makeNewsletter();
    write('checkout/.git', 'gitdir: ../.git/worktrees/pages\n');
    expect((await obn(root, ['archive', '--out', out])).code).toBe(0);
    expect(existsSync(path(out, 'index.html'))).toBe(true);
  });
});

describe('a file that is written', () => {
  const files = [
    ['obn.yaml', /it is obn\.yaml/],
    ['subscribers.csv', /it is the list/],
    ['link/subscribers.csv', /it is the list/],
    ['.obn/ledger.db', /it is the ledger/],
    ['.obn/ledger.db-wal', /it is the ledger/],
    ['issues/001-first.yaml', /it is in issues\//],
    ['issues/images/people.csv', /it is in issues\//],
    ['.git/HEAD', /it is in \.git\//],
    ['site/people.csv', /it is in the site folder \(site\) and would be published/],
  ] as const;

  it.each(files)('by export is not %s', async (file, words) => {
    const newsletter = makeWorkspace();
    const before = everything(newsletter);
    const { code, stderr } = await obn(newsletter.root, ['subscribers', 'export', '--out', file]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
    expect(everything(newsletter)).toEqual(before);
  });

  it.each(files.slice(0, 2))('by status or import is not %s', async (file, words) => {
    const newsletter = makeWorkspace();
    newsletter.write('people.csv', 'email\nnot an address\n');
    const before = everything(newsletter);
    for (const args of [
      ['status', '1', '--report', file],
      ['subscribers', 'import', 'people.csv', '--yes', '--refused', file],
    ]) {
      const { code, stderr } = await obn(newsletter.root, args);
      expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
    }
    expect(everything(newsletter)).toEqual(before);
  });

  it('is not the list or the input file of the command line', async () => {
    const newsletter = makeWorkspace();
    const list = ['--list', 'private/list.csv'];
    const exported = await obn(newsletter.root, ['subscribers', 'export', ...list, '--out', list[1] ?? '']);
    expect([exported.code, exported.stderr]).toEqual([2, expect.stringMatching(/it is the list/)]);
    newsletter.write('people.csv', 'email\nnot an address\n');
    const args = ['subscribers', 'import', 'people.csv', '--yes', '--refused', 'people.csv'];
    const imported = await obn(newsletter.root, args);
    expect([imported.code, imported.stderr]).toEqual([2, expect.stringMatching(/it is the input file/)]);
    expect(newsletter.read('people.csv')).toBe('email\nnot an address\n');
  });

  it('may be elsewhere', async () => {
    const newsletter = makeWorkspace();
    writeFileSync(newsletter.path('old.csv'), 'old');
    for (const file of ['old.csv', '.obn/people.csv', 'private/people.csv']) {
      expect((await obn(newsletter.root, ['subscribers', 'export', '--out', file])).code).toBe(0);
      expect(newsletter.read(file)).toContain('ada@example.com');
    }
  });
});

describe('a folder that is written', () => {
  it.each([
    ['.', /it contains obn\.yaml/],
    ['issues', /it is in issues\//],
    ['templates/mine', /it is in templates\//],
    ['.git', /it is in \.git\//],
    ['site/preview', /it is in the site folder \(site\) and would be published/],
  ])('by render or preview is not %s', async (folder, words) => {
    const newsletter = makeWorkspace();
    const before = everything(newsletter);
    for (const args of [
      ['render', '1', '--out', folder],
      ['preview', '1', '--screenshots', folder],
    ]) {
      const { code, stderr } = await obn(newsletter.root, args);
      expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
    }
    expect(everything(newsletter)).toEqual(before);
  });
});
