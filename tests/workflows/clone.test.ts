import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { obn } from '../support/cli.js';
import { clockAt } from '../support/moved-clock.js';
import { makeNewsletter, type TestNewsletter } from '../support/newsletter.js';
import { SECRET } from '../support/secret.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';

const ROOT = join(import.meta.dirname, '../..');
const EMPTY = {
  'obn.yaml': null,
  'issues/001-first.yaml': null,
  'issues/002-second.yaml': null,
  'subscribers.csv': null,
};

const READERS = ['ada', 'grace', 'alan'];

interface Job {
  readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
}

/** Makes a newsletter with `obn init`, ready to be sent, and puts it into git. */
async function makeRepository(): Promise<TestNewsletter> {
  const newsletter = makeNewsletter(EMPTY);
  const { root, read, write } = newsletter;
  expect(
    (await obn(root, ['init', 'news', '--name', 'My Weekly', '--from', 'Jane <jane@example.com>'])).code,
  ).toBe(0);
  const config = read('news/obn.yaml')
    .replaceAll('your-domain.example', 'weekly.example.com')
    .replace(/^ {2}address: .*$/m, '  address: 1 Example Street')
    .replace('transport: outbox', 'transport: ses')
    .replace('# ses:', 'ses:');
  write('news/obn.yaml', config);
  const issue = read('news/issues/001-hello-world.yaml').replace(
    'draft: true\n',
    'send_at: 2026-01-01T09:00\n',
  );
  write('news/issues/001-hello-world.yaml', issue);
  // The sample readers of obn init are never mailed live.
  write('news/subscribers.csv', `email\n${READERS.map((name) => `${name}@example.com\n`).join('')}`);
  git(join(root, 'news'), 'init', '--quiet');
  commitAll(join(root, 'news'));
  return newsletter;
}

function commitAll(folder: string): void {
  git(folder, 'add', '.');
  git(folder, '-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '--quiet', '-m', 'x');
}

function git(folder: string, ...args: string[]): void {
  execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
}

/** Puts this obn where npx finds it without asking a registry, and a stand-in for the program that fetches the list. */
function equip(clone: string, list: string): string {
  mkdirSync(join(clone, 'node_modules/.bin'), { recursive: true });
  symlinkSync(ROOT, join(clone, 'node_modules/obn'));
  symlinkSync('../obn/bin/obn.js', join(clone, 'node_modules/.bin/obn'));
  const bin = join(clone, 'node_modules/.tools');
  mkdirSync(bin);
  const script = `#!/bin/sh\n[ "$1 $2 $3" = "s3 cp s3://bucket/list.csv" ] && cp '${list}' "$4"\n`;
  writeFileSync(join(bin, 'aws'), script, { mode: 0o755 });
  return bin;
}

/** Each step starts npx and obn, which takes seconds where a lot else is going on. */
const TIMEOUT_MS = 240_000;
const hasGit = spawnSync('git', ['--version']).status === 0;

it.skipIf(!hasGit)(
  'runs what the workflows say, as they say it, in a fresh clone',
  { timeout: TIMEOUT_MS },
  async () => {
    const ses = await startSesEndpoint();
    const { root, path, read } = await makeRepository();
    git(root, 'clone', '--quiet', 'news', 'clone');
    expect(existsSync(path('clone/subscribers.csv'))).toBe(false);
    const tools = equip(path('clone'), path('news/subscribers.csv'));
    const values: Record<string, string> = {
      'secrets.OBN_SECRET': SECRET,
      'secrets.OBN_LEDGER': `sqlite:${path('shared/ledger.db')}`,
      'secrets.SMTP_URL': '',
      'vars.OBN_LIST': 's3://bucket/list.csv',
    };
    await obn(path('news'), ['send', '1', '--yes', '--limit', '1'], {
      env: { ...ses.env, ...clockAt('2026-01-01T09:30Z'), OBN_LEDGER: values['secrets.OBN_LEDGER'] },
    });
    expect(ses.messages).toHaveLength(1);
    const said: Record<string, string> = {};
    for (const file of ['newsletter', 'archive']) {
      const { jobs } = parse(read(`clone/.github/workflows/${file}.yml`)) as { jobs: Record<string, Job> };
      for (const [name, { steps }] of Object.entries(jobs)) {
        for (const { run, env = {} } of steps) {
          if (run === undefined) continue;
          const expressions = Object.entries(env).map(([key, text]) => [
            key,
            values[text.slice(4, -3)] ?? text,
          ]);
          const { status, stdout, stderr } = await bash(run, path('clone'), {
            ...{ PATH: `${tools}:${process.env.PATH}`, HOME: root, npm_config_offline: 'true' },
            ...ses.env,
            ...clockAt('2026-01-01T10:00Z'),
            ...Object.fromEntries(expressions),
          });
          said[name] = `${said[name] ?? ''}${stdout}${stderr}`;
          expect([run, status, status === 0 ? '' : said[name]]).toEqual([run, 0, '']);
        }
      }
    }
    expect(said.send).toMatch(/Issue #1 was due 2026-01-01 09:00 UTC.*resuming/);
    expect(ses.messages).toHaveLength(3);
    expect(Object.keys(said)).toEqual(['check', 'send', 'publish']);
    expect(read('clone/site/index.html')).toContain('My Weekly');
  },
);

it.skipIf(!hasGit)(
  'approves what was reviewed, as the documents say it',
  { timeout: TIMEOUT_MS },
  async () => {
    const { root, path, read, write } = await makeRepository();
    const news = path('news');
    const head = () => execFileSync('git', ['rev-parse', 'HEAD'], { cwd: news, encoding: 'utf8' }).trim();
    const base = head();
    const issue = read('news/issues/001-hello-world.yaml');
    write('news/issues/002-über.yaml', issue.replace('number: 1', 'number: 2'));
    write('news/issues/003-third.yml', issue.replace('number: 1', 'number: 3'));
    commitAll(news);
    const reviewed = head();
    git(root, 'clone', '--quiet', 'news', 'clone');
    git(news, 'checkout', '--quiet', '--detach');
    equip(path('clone'), '');
    const document = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
    const [, block = ''] = /```yaml\n(name: Approve\n.*?)```/s.exec(document) ?? [];
    const { steps } = (parse(block) as { jobs: { approve: Job } }).jobs.approve;
    const script = steps.at(-1)?.run?.replaceAll('/tmp/reviewed', path('reviewed')) ?? '';
    const { status, stderr } = await bash(script, path('clone'), {
      ...{ PATH: process.env.PATH ?? '', HOME: root, npm_config_offline: 'true' },
      ...{ REVIEWER: 'jane', REVIEWED: reviewed, BASE: base, BRANCH: 'reviewed' },
    });
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    const pushed = execFileSync('git', ['ls-tree', '-r', '--name-only', 'reviewed', 'approvals'], {
      cwd: news,
    });
    expect(pushed.toString()).toBe('approvals/002.txt\napprovals/003.txt\n');
  },
);

/** As a runner of GitHub carries a step out. */
async function bash(script: string, cwd: string, env: Record<string, string>) {
  const child = spawn('bash', ['-e', '-c', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, stdout, stderr };
}
