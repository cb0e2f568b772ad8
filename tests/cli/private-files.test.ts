import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';

/** Everything in a folder, and itself, that somebody else than its owner may use. */
function open(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = [folder, ...entries.map(({ parentPath, name }) => join(parentPath, name))];
  return paths.filter((path) => (statSync(path).mode & 0o077) !== 0);
}

it('makes files that hold addresses for their owner only, whatever the umask is', async () => {
  const before = process.umask(0);
  onTestFinished(() => {
    process.umask(before);
  });
  const smtp = await startSmtpEndpoint();
  smtp.fault(({ stage, address }) =>
    stage === 'rcpt' && address === 'ada@example.com' ? { code: 550, message: 'no' } : undefined,
  );
  const { root, path } = makeNewsletter({}, { config: { outbox: { dir: 'out' } } });
  const run = (...args: string[]) => obn(root, args, { env: smtp.env });
  await run('send', '1', '--transport', 'smtp', '--yes');
  await run('send', '2');
  await run('render', '1', '--for', 'ada@example.com', '--out', 'for-ada');
  await run('approve', '2', '--file', '--by', 'jane@example.com');
  await run('subscribers', 'add', 'new@example.com');
  await run('subscribers', 'export', '--out', 'exports/all.csv');
  await run('status', '1', '--report', 'reports/one.csv');
  const folders = ['.obn', 'out', 'for-ada', 'approvals', 'exports', 'reports', 'issues/.sent'];
  for (const folder of folders) expect(open(path(folder)), folder).toEqual([]);
  expect(readdirSync(path('.obn', 'reports'))).toEqual(['001.csv']);
  mkdirSync(path('site'), { recursive: true });
  expect((await run('archive')).code).toBe(0);
  expect(statSync(path('site', 'index.html')).mode & 0o004).toBe(0o004);
}, 120_000);
