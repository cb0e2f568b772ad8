import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import { type ObnResult, spawnObn } from '../support/cli.js';
import { obn } from '../support/cli-here.js';
import { clockAt } from '../support/moved-clock.js';
import { issueText, makeNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';

const REHEARSE = ['send', '--due', '--yes', '--json'];
const LIVE = [...REHEARSE, '--transport', 'ses', '--new-ledger'];
/** Twenty that start at once take a while where a lot else is going on. */
const PATIENCE_MS = 60_000;
const NEW_YORK = { config: { newsletter: { timezone: 'America/New_York' } } };
const scheduled = (number: number, sendAt: string) =>
  `${issueText(number, `Issue ${number}`)}send_at: ${sendAt}\n`;
const sentBy = (result: ObnResult) => result.json<{ issue: number }[]>().map(({ issue }) => issue);

describe('runs of --due started at the same time', () => {
  it('are one send and nineteen that do nothing', { timeout: 3 * PATIENCE_MS }, async () => {
    const ses = await startSesEndpoint({ latencyMs: 100 });
    const { root } = makeNewsletter(
      { 'issues/001-first.yaml': scheduled(1, '2026-01-01T09:00') },
      { readers: 40 },
    );
    const env = { ...ses.env, ...clockAt('2026-01-01T10:00Z') };
    const starts = Array.from({ length: 20 }, () => obn(root, LIVE, { env, timeoutMs: 2 * PATIENCE_MS }));
    const ends = await Promise.all(starts);
    expect(ends.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual(Array(20).fill(0));
    const sent = ends.filter((end) => sentBy(end).length > 0);
    expect(sent.map((end) => end.json())).toMatchObject([
      [{ issue: 1, state: 'sent', deliveries: { accepted: 40 } }],
    ]);
    for (const { stderr } of ends.filter((end) => !sent.includes(end))) {
      expect(stderr).toMatch(/^(Another run \(.+:\d+:\w+\) is already sending what is due|Nothing is due\.)/);
    }
    expect(new Set(ses.messages.map(({ to }) => to)).size).toBe(40);
    expect(ses.messages).toHaveLength(40);
  });

  it('continue immediately after a killed run', async () => {
    const ses = await startSesEndpoint();
    const { root } = makeNewsletter(
      { 'issues/001-first.yaml': scheduled(1, '2026-01-01T09:00') },
      { readers: 3 },
    );
    const env = { ...ses.env, ...clockAt('2026-01-01T10:00Z') };
    ses.fault(({ to }) => (to === 'reader1@example.com' ? 'hang' : undefined));
    const { child, result } = spawnObn(root, LIVE, { env });
    await expect.poll(() => ses.messages.length).toBe(2);
    const meanwhile = await obn(root, LIVE, { env });
    expect([meanwhile.code, meanwhile.json()]).toEqual([0, []]);
    expect(meanwhile.stderr).toContain(`Another run (${hostname()}:${child.pid}:`);
    child.kill('SIGKILL');
    await result;
    const next = await obn(root, LIVE, { env });
    expect(next.stderr).toContain('In flight when an earlier run ended: 1 message, now unknown');
    expect(next.code).toBe(1);
    expect(ses.messages).toHaveLength(2);
    expect(locksOf(root)).toEqual([]);
  });
});

function locksOf(root: string): unknown[] {
  const database = new Libsql(`${root}/.obn/ledger.db`);
  const locks = database.prepare('select * from lock').all();
  database.close();
  return locks;
}

it('resumes a send that has begun, even if its file is invalid', async () => {
  const ses = await startSesEndpoint();
  const issue = scheduled(1, '2026-01-01T09:00');
  const { root, write } = makeNewsletter({ 'issues/001-first.yaml': issue });
  const env = { ...ses.env, ...clockAt('2026-01-01T10:00Z') };
  expect((await obn(root, [...LIVE, '--limit', '1'], { env })).code).toBe(4);
  write('issues/001-first.yaml', issue.replace('preheader', 'preheadr'));
  const end = await obn(root, LIVE, { env });
  expect([end.code, sentBy(end), ses.messages.length]).toEqual([0, [1], 5]);
  expect(end.stderr).toMatch(/unknown key "preheadr".*resuming/s);
});

describe('a local time', () => {
  it.each([
    ['after clocks were put forward', '2026-03-08T09:00', '2026-03-08T13:00Z'],
    ['after clocks were put back', '2026-11-01T02:00', '2026-11-01T07:00Z'],
    ['that comes twice, for the second, by its offset', '2026-11-01T01:30-05:00', '2026-11-01T06:30Z'],
  ])('%s is due at that moment and not before', async (_name, sendAt, instant) => {
    const { root } = makeNewsletter({ 'issues/001-first.yaml': scheduled(1, sendAt) }, NEW_YORK);
    const seconds = (count: number) => new Date(Date.parse(instant) + count * 1_000).toISOString();
    const early = await obn(root, REHEARSE, { env: clockAt(seconds(-30)) });
    expect([early.code, sentBy(early)]).toEqual([0, []]);
    const late = await obn(root, REHEARSE, { env: clockAt(seconds(0)) });
    expect([late.code, sentBy(late)]).toEqual([0, [1]]);
  });

  it('that does not exist is not guessed at', async () => {
    const { root } = makeNewsletter({ 'issues/001-first.yaml': scheduled(1, '2026-03-08T02:30') }, NEW_YORK);
    const { code, stderr } = await obn(root, REHEARSE, { env: clockAt('2026-03-08T12:00Z') });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /issues\/001-first\.yaml:\d+:10 error time\/clock-change 2026-03-08T02:30 does not exist/,
    );
  });
});

describe('the log of --due', () => {
  it('names due issues, the next one, and late ones', async () => {
    const { root } = makeNewsletter(
      {
        'issues/001-first.yaml': scheduled(1, '2025-12-01T09:00'),
        'issues/002-second.yaml': scheduled(2, '2026-01-05T09:00'),
        'issues/003-third.yaml': scheduled(3, '2026-01-12T09:00'),
      },
      NEW_YORK,
    );
    const env = { ...clockAt('2026-01-05T16:00Z'), TZ: 'Europe/Berlin' };
    const { stderr } = await obn(root, REHEARSE, { env });
    expect(stderr).toContain('Issue #1 was due 1 month ago: too late for --grace. Send it with: obn send 1');
    expect(stderr).toContain('Issue #2 was due 2026-01-05 09:00 EST (15:00 GMT+1 here), 2 hours ago.');
    const again = await obn(root, REHEARSE, { env });
    expect(again.stderr).toContain(
      'Nothing is due. Next is issue #3: 2026-01-12 09:00 EST (15:00 GMT+1 here), in 6 days.',
    );
  });

  it('is shown in list and status, in both time zones', async () => {
    const { root } = makeNewsletter(
      { 'issues/001-first.yaml': scheduled(1, '2026-03-08T23:00'), 'issues/002-second.yaml': null },
      NEW_YORK,
    );
    const env = { ...clockAt('2026-03-08T03:00Z'), TZ: 'Europe/Berlin' };
    const when = 'goes 2026-03-08 23:00 EDT (2026-03-09 04:00 GMT+1 here), in 23 hours';
    expect((await obn(root, ['list'], { env })).stdout).toContain(when);
    expect((await obn(root, ['status', '1'], { env })).stdout).toContain(when);
    const sendAt = '2026-03-08T23:00:00-04:00';
    expect((await obn(root, ['list', '--json'], { env })).json()).toMatchObject([{ send_at: sendAt }]);
    expect((await obn(root, ['status', '1', '--json'], { env })).json()).toMatchObject({ send_at: sendAt });
    await obn(root, ['send', '1'], { env });
    const later = { ...env, ...clockAt('2026-03-09T05:00Z') };
    expect((await obn(root, ['status', '1'], { env: later })).stdout).toContain(
      when.replace('goes', 'was due').replace('in 23 hours', '2 hours ago'),
    );
  });
});

it('is not taken for sent because another newsletter on the ledger has sent one of that number', async () => {
  const ses = await startSesEndpoint();
  const files = { 'issues/001-first.yaml': scheduled(1, '2026-01-01T09:00'), 'issues/002-second.yaml': null };
  const mine = makeNewsletter(files);
  const other = makeNewsletter(files, {
    config: { newsletter: { id: 'other-weekly.weekly.example.com', name: 'Other Weekly' } },
  });
  const env = { ...ses.env, ...clockAt('2026-01-01T10:00Z'), OBN_LEDGER: `sqlite:${mine.path('l.db')}` };
  expect((await obn(mine.root, LIVE, { env })).code).toBe(0);
  const due = await obn(other.root, LIVE, { env });
  expect([due.code, sentBy(due), ses.messages.length]).toEqual([3, [], 5]);
  expect(due.stderr).toMatch(
    /issue #1 in this ledger belongs to another newsletter, Test Weekly \(test-weekly\.weekly/,
  );
  expect(due.stderr).toContain('newsletter.id: test-weekly.weekly.example.com');
  const later = await obn(other.root, LIVE, { env: { ...env, ...clockAt('2026-01-03T10:00Z') } });
  expect([later.code, later.stderr]).toEqual([0, 'Nothing is due.\n']);
  expect((await obn(mine.root, LIVE, { env })).code).toBe(0);
});

describe('an empty machine', () => {
  it('refuses to send due issues, says why, and leaves no ledger', async () => {
    const ses = await startSesEndpoint();
    const { root, path } = makeNewsletter({ 'issues/002-second.yaml': scheduled(2, '2026-01-01T09:00') });
    const env = { ...ses.env, ...clockAt('2026-01-01T10:00Z') };
    const args = ['send', '--due', '--yes', '--json', '--transport', 'ses'];
    const { code, stderr, json } = await obn(root, args, { env });
    expect([code, json()]).toEqual([3, []]);
    expect(stderr).toMatch(/this ledger has no history.*OBN_LEDGER.*postgres:\/\/.*--new-ledger/s);
    expect(existsSync(path('.obn/ledger.db'))).toBe(false);
    const again = await obn(root, [...args, '--new-ledger'], { env });
    expect([again.code, sentBy(again)]).toEqual([0, [2]]);
  });

  it.each([
    ['of GitHub', { RUNNER_ENVIRONMENT: 'github-hosted' }],
    ['of GitLab', { CI_DISPOSABLE_ENVIRONMENT: 'true' }],
  ])('%s on a temporary runner sends nothing, even with --new-ledger', async (_name, runner) => {
    const ses = await startSesEndpoint();
    const { root } = makeNewsletter({ 'issues/001-first.yaml': scheduled(1, '2026-01-01T09:00') });
    const env = { ...ses.env, ...clockAt('2026-01-01T10:00Z'), ...runner };
    const { code, stderr } = await obn(root, LIVE, { env });
    expect([code, ses.messages.length]).toEqual([3, 0]);
    expect(stderr).toMatch(/a file on a temporary runner/);
  });
});

describe('an issue that is finished', () => {
  it('is not read again, however broken its file is, and is not announced as the next one', async () => {
    const ses = await startSesEndpoint();
    const { root, write } = makeNewsletter({
      'issues/001-first.yaml': scheduled(1, '2026-01-01T09:00'),
      'issues/002-second.yaml': scheduled(2, '2026-01-08T09:00'),
    });
    const env = { ...ses.env, ...clockAt('2026-01-01T10:00Z') };
    expect(sentBy(await obn(root, LIVE, { env }))).toEqual([1]);
    expect((await obn(root, ['send', '2', '--yes', '--transport', 'ses'], { env })).code).toBe(0);
    write('issues/001-first.yaml', 'title: [');
    const { code, stderr } = await obn(root, LIVE, { env });
    expect([code, stderr]).toEqual([0, 'Nothing is due.\n']);
  });
});
