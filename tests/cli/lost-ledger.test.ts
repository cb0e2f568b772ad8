import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spawnObn } from '../support/cli.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';

const SEND = ['send', '1', '--transport', 'smtp', '--yes', '--json'];
const ACCEPT = [...SEND, '--accept-ledger'];

/** A newsletter of which some have been sent, and a copy of its ledger from before. */
async function begun(readers = 6) {
  const smtp = await startSmtpEndpoint();
  const newsletter = makeNewsletter({}, { readers });
  newsletter.write(
    'issues/003-third.yaml',
    newsletter.read('issues/002-second.yaml').replace('number: 2', 'number: 3'),
  );
  const { root } = newsletter;
  const run = (args: readonly string[]) => obn(root, args, { env: smtp.env });
  const ledger = join(root, '.obn', 'ledger.db');
  const old = join(root, 'old.db');
  expect((await run([...SEND, '--limit', '2'])).code).toBe(4);
  copyFileSync(ledger, old);
  expect((await run([...SEND, '--limit', '2'])).code).toBe(4);
  const got = () => smtp.messages.flatMap(({ to }) => to).sort();
  expect(got()).toHaveLength(4);
  return { ...newsletter, smtp, run, ledger, old, got };
}

const everybody = (count: number) =>
  Array.from({ length: count }, (_, at) => `reader${at + 1}@example.com`).sort();

describe('a ledger that is lost between two runs', () => {
  it('blocks the issue, and accepting the ledger sends nothing twice', async () => {
    const { root, run, got, path } = await begun();
    rmSync(path('.obn'), { recursive: true });
    const refused = await run(SEND);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/no record of issue #1, but at least 4 were handed over by/);
    expect(refused.stderr).toMatch(/obn send 1 --transport smtp --accept-ledger/);
    expect(existsSync(path('.obn/ledger.db'))).toBe(false);
    const dry = await run([...SEND, '--dry-run']);
    expect(dry.stderr).toMatch(/Would not send: the ledger has no record of issue #1/);
    const accepted = await run(ACCEPT);
    expect(accepted.json()).toMatchObject({ deliveries: { unknown: 4, queued: 2 } });
    expect(accepted.stderr).toMatch(/Issue #1: 4 now unknown/);
    expect(got()).toHaveLength(4);
    expect((await run(SEND)).json()).toMatchObject({ deliveries: { accepted: 2, unknown: 4 } });
    expect(got()).toEqual(everybody(6));
    expect((await obn(root, ['status', '1', '--json'])).json()).toMatchObject({ state: 'partial' });
    expect((await run(ACCEPT)).stderr).toMatch(/nothing to accept/);
  });

  it('marks every delivery as unknown if the list has changed', async () => {
    const { run, got, path, write, read } = await begun();
    rmSync(path('.obn'), { recursive: true });
    write('subscribers.csv', read('subscribers.csv').replace('reader1@', 'reader9@'));
    expect((await run(ACCEPT)).json()).toMatchObject({ deliveries: { unknown: 6, queued: 0 } });
    expect((await run(SEND)).code).toBe(0);
    expect(got()).toHaveLength(4);
  });

  it('is noticed in an older copy, and in another ledger', async () => {
    const { run, ledger, old, got } = await begun();
    const other = await run([...SEND, '--ledger', 'sqlite:other.db']);
    expect(other.code).toBe(3);
    expect(other.stderr).toMatch(/no record of issue #1.*from sqlite:\.obn\/ledger\.db/);
    copyFileSync(old, ledger);
    const refused = await run(SEND);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/is an older copy, with fewer deliveries of issue #1/);
    const second = await run(['send', '2', '--transport', 'smtp', '--yes']);
    expect(second.stderr).toMatch(/is an older copy, with fewer deliveries of issue #1/);
    expect((await run(ACCEPT)).json()).toMatchObject({ deliveries: { accepted: 2, unknown: 2, queued: 2 } });
    expect((await run(SEND)).json()).toMatchObject({ deliveries: { accepted: 4, unknown: 2 } });
    expect(got()).toEqual(everybody(6));
  });

  it('is noticed after `git clean`, which also removes ignored files', async () => {
    const { root, run, got } = await begun();
    const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
    git('init', '--quiet');
    expect((await run([...SEND, '--limit', '1'])).code).toBe(4);
    expect(git('status', '--porcelain', '--untracked-files=all')).not.toMatch(/\.sent/);
    git('clean', '-xfdq', '--exclude=obn.yaml', '--exclude=issues/*.yaml', '--exclude=subscribers.csv');
    expect(readdirSync(join(root, 'issues'))).not.toContain('.sent');
    const refused = await run(SEND);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/at least 5 were handed over/);
    expect(got()).toHaveLength(5);
  });

  it('does not block later issues after a person confirms a new ledger', async () => {
    const { run, path } = await begun();
    rmSync(path('.obn'), { recursive: true });
    const second = ['send', '2', '--transport', 'smtp', '--yes'];
    expect((await run(second)).stderr).toMatch(/no record of issue #1/);
    expect((await run([...second, '--new-ledger'])).code).toBe(0);
    expect((await run(['send', '2', '--transport', 'smtp', '--yes'])).stderr).toMatch(
      /Nothing is left to send/,
    );
    expect((await run(SEND)).stderr).toMatch(/no record of issue #1/);
  });

  it('is distinguished from a new ledger with later issues of another machine', async () => {
    const { run, path, got } = await begun();
    const from = (issue: string, ...more: string[]) =>
      run(['send', issue, '--transport', 'smtp', '--yes', '--ledger', 'sqlite:new.db', ...more]);
    // Another machine has no witness of what was sent here, and leaves none here.
    renameSync(path('issues/.sent'), path('sent-here'));
    expect((await from('2', '--new-ledger')).code).toBe(0);
    rmSync(path('issues/.sent'), { recursive: true });
    renameSync(path('sent-here'), path('issues/.sent'));
    const refused = await from('3');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/no record of issue #1.*if this is a new ledger, --new-ledger/s);
    expect((await from('1', '--new-ledger')).stderr).toMatch(/no record of issue #1/);
    expect((await from('3', '--new-ledger')).code).toBe(0);
    expect((await from('3')).stderr).toMatch(/Nothing is left to send/);
    expect((await from('1', '--new-ledger')).stderr).toMatch(/no record of issue #1/);
    expect(got()).toHaveLength(4 + 6 + 6);
  });

  it('is not taken for a new one where it is an older copy', async () => {
    const { run, ledger, old } = await begun();
    expect((await run(['send', '2', '--transport', 'smtp', '--yes'])).code).toBe(0);
    copyFileSync(old, ledger);
    const third = await run(['send', '3', '--transport', 'smtp', '--yes', '--new-ledger']);
    expect(third.code).toBe(3);
    expect(third.stderr).toMatch(/no record of issue #2|with fewer deliveries of issue #1/);
    expect(third.stderr).not.toMatch(/if this is a new ledger/);
  });
});

describe('a ledger that is lost in the middle of a run', () => {
  /** Starts a send of many, and waits until some of it is in flight. */
  async function running(readers = 400) {
    const smtp = await startSmtpEndpoint({ latencyMs: 20 });
    const newsletter = makeNewsletter({}, { readers });
    const { result } = spawnObn(newsletter.root, SEND, { env: smtp.env });
    while (smtp.messages.length < 40) await new Promise((resolve) => setTimeout(resolve, 5));
    return { ...newsletter, smtp, result, ledger: newsletter.path('.obn/ledger.db') };
  }

  it('stops the run, and marks deliveries in flight as unknown when the ledger is back', async () => {
    const { root, smtp, result, ledger, path, read } = await running();
    renameSync(ledger, `${ledger}.away`);
    const handedOver = smtp.messages.length;
    const { code, stderr } = await result;
    expect(code).toBe(3);
    expect(stderr).toMatch(/was removed or renamed while it was in use/);
    expect(smtp.messages.length).toBeLessThan(handedOver + 100);
    const [rescue = ''] = readdirSync(path('.obn')).filter((name) => name.includes('.rescue-001-'));
    expect(stderr).toContain(rescue);
    expect(statSync(path('.obn', rescue)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(read(join('.obn', rescue))).deliveries[0]).toMatchObject({ state: 'unknown' });
    renameSync(`${ledger}.away`, ledger);
    const second = await obn(root, SEND, { env: smtp.env });
    expect(second.stderr).toMatch(/From a rescue file of an earlier run: \d+ now unknown/);
    expect(existsSync(path('.obn', rescue))).toBe(false);
    const got = smtp.messages.flatMap(({ to }) => to);
    expect(new Set(got).size).toBe(got.length);
    const { accepted, unknown } = second.json<{ deliveries: Record<string, number> }>().deliveries;
    expect((accepted ?? 0) + (unknown ?? 0)).toBe(400);
    expect(unknown).toBeGreaterThan(0);
  });

  it('stops the run when all of .obn is removed, and refuses the next run', async () => {
    const { root, smtp, result, path } = await running();
    rmSync(path('.obn'), { recursive: true });
    expect((await result).code).toBe(3);
    const handedOver = smtp.messages.length;
    const second = await obn(root, SEND, { env: smtp.env });
    expect(second.code).toBe(3);
    expect(second.stderr).toMatch(/no record of issue #1/);
    expect(smtp.messages).toHaveLength(handedOver);
  });
});
