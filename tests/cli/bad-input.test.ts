import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';

const HEAD = 'number: 3\ntitle: T\ndate: 2018-09-18\n';
const issue = (body: string) => `${HEAD}sections:\n  - type: intro\n    body: ${body}\n`;
const bomb = [
  'a: &a [x, x, x]',
  ...[...'bcdefghijklmnopqrstuvwxyz'].map((name, index) => {
    const before = String.fromCharCode(97 + index);
    return `${name}: &${name} [*${before}, *${before}, *${before}, *${before}, *${before}, *${before}]`;
  }),
].join('\n');

describe('a bad issue', () => {
  const bad: readonly (readonly [string, string, RegExp])[] = [
    ['is empty', '', /003-x.yaml:1:1 error yaml\/empty the file is empty/],
    ['has tabs', `number: 3\n\ttitle: x\n`, /003-x.yaml:2:1 error yaml\/syntax this is a tab/],
    [
      'has a key twice',
      `${HEAD}title: U\n`,
      /003-x.yaml:4:1 error yaml\/syntax duplicate key "title"; it is already set on line 2/,
    ],
    ['expands without end', bomb, /error yaml\/aliases/],
    ['has two documents', `${issue('a')}---\n${issue('b')}`, /second YAML document/],
    ['has no number', `title: T\ndate: 2018-09-18\nsections:\n  - type: divider\n`, /"number" is missing/],
    [
      'has an unknown key',
      `${HEAD}preheadr: x\nsections:\n  - type: divider\n`,
      /:4:1 .*did you mean "preheader"/,
    ],
    [
      'has an unknown section',
      `${HEAD}sections:\n  - type: intor\n    body: x\n`,
      /:5:11 .*did you mean "intro"/,
    ],
    [
      'lacks a required field',
      `${HEAD}sections:\n  - type: story\n    heading: x\n`,
      /:5:5 .*"body" is missing/,
    ],
    ['has no sections', `${HEAD}sections: []\n`, /:4:11 .*"sections" must not be empty/],
    ['has a date that does not exist', issue('x').replace('09-18', '02-30'), /:3:7 .*must be a date/],
    [
      'links to a script',
      `${HEAD}sections:\n  - { type: button, label: x, url: "javascript:alert(1)" }\n`,
      /must be a URL/,
    ],
    [
      'leaves its folder',
      `${HEAD}sections:\n  - { type: image, src: ../../etc/passwd, alt: x }\n`,
      /"src" must be a path/,
    ],
    ['names a field that does not exist', issue('Hi {{frist_name}}'), /:6:14 .*did you mean "first_name"/],
    [
      'has a block in a merge field',
      issue('"{{#if x}}"'),
      /is not a merge field: merge fields have no blocks/,
    ],
    ['names a snippet that does not exist', issue('"{{> nosuch}}"'), /snippets\/nosuch.md/],
    [
      'names a picture that does not exist',
      `${HEAD}sections:\n  - { type: image, src: images/no.png, alt: x }\n`,
      /there is no image/,
    ],
    [
      'has another number than its file',
      issue('x').replace('3', '4'),
      /:1:9 .*number is 4, but the file name says 3/,
    ],
  ];

  it.each(bad)('%s', async (_, text, message) => {
    const { root, path } = await makeNewsletter({ 'issues/003-x.yaml': text });
    const check = await obn(root, ['check', '3']);
    expect(check.stdout).toMatch(message);
    expect(check.code).toBe(1);
    const send = await obn(root, ['send', '3']);
    expect(send.code).toBe(1);
    expect(send.stderr).toMatch(message);
    expect(existsSync(path('.obn/outbox'))).toBe(false);
  });

  it('is not UTF-8', async () => {
    const { root, path } = await makeNewsletter();
    const latin = Buffer.from(issue('caf\u00e9'), 'latin1');
    execFileSync('node', [
      '-e',
      `require('fs').writeFileSync(process.argv[1], Buffer.from('${latin.toString('hex')}', 'hex'))`,
      path('issues/003-x.yaml'),
    ]);
    const { code, stdout } = await obn(root, ['check', '3']);
    expect(stdout).toMatch(/003-x.yaml:6:1 error file\/unreadable is not UTF-8/);
    expect(code).toBe(1);
  });

  it('has fifty megabytes', async () => {
    const { root } = await makeNewsletter({ 'issues/003-x.yaml': `title: ${'x'.repeat(50_000_000)}` });
    const { code, stdout } = await obn(root, ['check', '3']);
    expect(stdout).toMatch(/is too large/);
    expect(code).toBe(1);
  });

  it('shares its number with another', async () => {
    const { root } = await makeNewsletter({ 'issues/002-other.yaml': issue('x').replace('3', '2') });
    const send = await obn(root, ['send', '2']);
    expect(send.code).toBe(1);
    expect(send.stderr).toMatch(/issue 2 has two files: .*002-other.yaml and .*002-second.yaml/);
    expect((await obn(root, ['check'])).stdout).toMatch(/issue\/number-twice/);
  });

  it('has every finding at once, with the line shown', async () => {
    const text = `number: x\ntitel: T\ndate: 2018-09-18\nsections:\n  - type: links\n    heading: h\n    items: [{ title: a }]\n`;
    const { root } = await makeNewsletter({ 'issues/003-x.yaml': text });
    const { stdout, json } = await obn(root, ['check', '3', '--json']);
    const { errors, findings } = json() as { errors: number; findings: { line: number; rule: string }[] };
    expect(stdout).not.toContain('excerpt');
    expect(errors).toBe(3);
    expect(findings.map(({ line }) => line)).toEqual([1, 2, 7]);
    expect((await obn(root, ['check', '3'])).stdout).toContain('    2 | titel: T\n      | ^');
  });
});

describe('a bad list', () => {
  it.each([
    [
      'has no column email',
      'mail,name\na@example.com,A\n',
      /has no column "email"; its columns are mail, name/,
    ],
    ['is empty', '', /the list is empty/],
    ['never closes a quote', 'email,first_name\na@example.com,"A\nb@example.com,B\n', /never closed/],
    ['has a duplicate column', 'email,tags,Tags\na@example.com,,\n', /two columns named "tags"/],
  ])('%s', async (_, text, message) => {
    const { root, path } = await makeNewsletter({ 'subscribers.csv': text });
    const check = await obn(root, ['check', '1']);
    expect(check.code).toBe(1);
    expect(check.stdout).toMatch(message);
    const send = await obn(root, ['send', '1']);
    expect(send.code).toBeGreaterThan(0);
    expect(send.stderr).toMatch(message);
    expect(existsSync(path('.obn/outbox'))).toBe(false);
  });

  it('does not exist', async () => {
    const { root } = await makeNewsletter({ 'subscribers.csv': null });
    const { code, stderr } = await obn(root, ['send', '1']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/subscribers.csv/);
  });

  it('has a name that wants to be a header', async () => {
    const csv = 'email,first_name\na@example.com,"Eve\r\nBcc: victim@example.com"\n';
    const { root, read } = await makeNewsletter({ 'subscribers.csv': csv });
    expect((await obn(root, ['send', '1'])).code).toBe(0);
    const head = read('.obn/outbox/001/a@example.com.eml').split('\r\n\r\n')[0] ?? '';
    expect(head).not.toMatch(/^Bcc:/im);
    expect(head).toMatch(/^To: "Eve Bcc: victim@example.com" <a@example.com>$/m);
  });
});

describe('a bad configuration', () => {
  it('has an unknown key', async () => {
    const { root, read, write } = await makeNewsletter();
    await write('obn.yaml', `${read('obn.yaml')}sned: { transport: outbox }\n`);
    const { code, stderr } = await obn(root, ['send', '1']);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /obn.yaml:\d+:1 error schema\/unknown-key unknown key "sned"; did you mean "send"/,
    );
    expect((await obn(root, ['check'])).code).toBe(1);
  });

  it('needs a variable that is not set', async () => {
    const { root } = await makeNewsletter();
    const env = { SMTP_URL: undefined };
    const { code, stderr } = await obn(root, ['send', '1', '--transport', 'smtp', '--yes'], { env });
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /obn.yaml:\d+:\d+ error config\/variable the environment variable SMTP_URL is not set/,
    );
  });

  it('names a file that is not a ledger', async () => {
    const { root } = await makeNewsletter({ 'notes.txt': 'x'.repeat(5000) });
    expect((await obn(root, ['send', '1', '--ledger', 'mysql://u:secret@h/d'])).stderr).not.toContain(
      'secret',
    );
    const { code, stderr } = await obn(root, ['send', '1', '--ledger', 'sqlite:notes.txt']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/it is not a ledger/);
  });
});

describe('a bad machine', () => {
  const mounted = (size: string, options = '') => {
    const folder = mkdtempSync(join(tmpdir(), 'obn-mount-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}${options}`, 'tmpfs', folder], {
        stdio: 'pipe',
      });
    } catch {
      rmSync(folder, { recursive: true, force: true });
      return undefined;
    }
    onTestFinished(() => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    });
    return folder;
  };

  it('has a full disk: nothing is lost, and the ledger has every delivery', async ({ skip }) => {
    const folder = mounted('600k');
    if (!folder) return skip('this machine cannot mount a tmpfs');
    const { root } = await makeNewsletter();
    const dir = join(folder, 'outbox');
    const ledger = `sqlite:${join(folder, 'ledger.db')}`;
    execFileSync('dd', ['if=/dev/zero', `of=${join(folder, 'fill')}`, 'bs=1k', 'count=560'], {
      stdio: 'pipe',
    });
    const config = await makeNewsletter();
    await config.write('obn.yaml', `${config.read('obn.yaml')}outbox: { dir: ${dir} }\n`);
    const { code, stderr } = await obn(config.root, ['send', '1', '--ledger', ledger]);
    expect([1, 3, 4]).toContain(code);
    expect(stderr).toMatch(/the disk is full/);
    expect(stderr).not.toMatch(/bug in obn/);
    expect(root).not.toBe(config.root);
  });

  it('has a folder that cannot be written', async ({ skip }) => {
    const folder = mounted('1m');
    if (!folder) return skip('this machine cannot mount a tmpfs');
    const made = await makeNewsletter();
    execFileSync('cp', ['-r', `${made.root}/.`, folder]);
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    for (const args of [
      ['new', 'T'],
      ['send', '1'],
      ['render', '1'],
    ]) {
      const { code, stderr } = await obn(folder, args);
      expect(code).toBe(3);
      expect(stderr).toMatch(/read-only|is the folder writable/);
    }
    expect((await obn(folder, ['check', '1'])).code).toBe(0);
    expect((await obn(folder, ['send', '1', '--dry-run'])).code).toBe(0);
  });
});
