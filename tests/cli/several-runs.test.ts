import { hostname } from 'node:os';
import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import { obn, spawnObn } from '../support/cli.js';
import { issueText, makeNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';

const SES = ['send', '1', '--transport', 'ses', '--yes', '--json'];

describe('several runs at once', () => {
  it('send no more copies than a person confirmed', async () => {
    const ses = await startSesEndpoint();
    const { root } = makeNewsletter({}, { readers: 6 });
    ses.fault(({ operation }) => (operation === 'SendEmail' ? 'error-after' : undefined));
    await obn(root, SES, { env: ses.env });
    expect(ses.messages).toHaveLength(6);
    ses.latencyMs = 300;
    const again = [...SES, '--retry-unknown'];
    await Promise.all([1, 2, 3].map(() => obn(root, again, { env: ses.env })));
    const copies = new Map<string, number>();
    for (const { to } of ses.messages) copies.set(to, (copies.get(to) ?? 0) + 1);
    // One of them retries; another that has planned after it has ended may have been asked again.
    const retries = await retriesOf(root);
    for (const count of copies.values()) expect(count).toBeLessThanOrEqual(1 + retries);
  });

  it('do not send an audience that another run froze and nobody confirmed here', async () => {
    const ses = await startSesEndpoint();
    const many = Array.from({ length: 60_000 }, (_, at) => `many${at}@example.com,M\n`).join('');
    const { root } = makeNewsletter({
      'many.csv': `email,first_name\n${many}`,
      'few.csv': 'email,first_name\na@example.com,A\nb@example.com,B\nc@example.com,C\n',
    });
    const slow = obn(root, [...SES, '--list', 'many.csv', '--limit', '5'], { env: ses.env });
    const quick = await obn(root, [...SES, '--list', 'few.csv', '--limit', '1'], { env: ses.env });
    expect(quick.code).toBe(4);
    const { code, stderr } = await slow;
    expect([code, stderr]).toEqual([
      4,
      expect.stringMatching(/another run has begun to send this issue with a different plan/),
    ]);
    expect(ses.messages).toHaveLength(1);
  });

  it('wait for a run on another machine, and say which one and how long', async () => {
    const ses = await startSesEndpoint();
    const { root, path } = makeNewsletter({}, { readers: 6 });
    ses.fault(({ to }) => (to === 'reader1@example.com' ? 'hang' : undefined));
    const first = spawnObn(root, SES, { env: ses.env });
    await expect.poll(() => ses.messages.length).toBe(5);
    first.child.kill('SIGKILL');
    await first.result;
    rename(path('.obn/ledger.db'), 'elsewhere');
    const second = spawnObn(root, SES, { env: ses.env });
    let said = '';
    second.child.stderr?.on('data', (text) => {
      said += text;
    });
    await expect
      .poll(() => said)
      .toMatch(/waiting for \d in flight at elsewhere:\d+:\w+; unknown at \d\d:\d\d/);
    second.child.kill('SIGKILL');
  });
});

/** Lets the worker of the ledger be one of another machine. */
function rename(file: string, host: string): void {
  const database = new Libsql(file);
  for (const table of ['worker set name = replace(name', 'delivery set worker = replace(worker']) {
    database.prepare(`update ${table}, ?, ?)`).run(`${hostname()}:`, `${host}:`);
  }
  database.close();
}

async function retriesOf(root: string): Promise<number> {
  const database = new Libsql(`${root}/.obn/ledger.db`);
  const { retries } = database.prepare('select retries from send').get() as { retries: number };
  database.close();
  return retries;
}

describe('what is due', () => {
  const due = ['send', '--due', '--yes', '--new-ledger', '--transport', 'ses', '--json'];
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const scheduled = (hours: number) => `${issueText(1, 'One')}send_at: ${hoursAgo(hours)}\n`;

  it('and has begun is resumed, however late', async () => {
    const ses = await startSesEndpoint();
    const { root, write } = makeNewsletter({ 'issues/001-first.yaml': scheduled(1) }, { readers: 4 });
    expect((await obn(root, [...due, '--limit', '2'], { env: ses.env })).code).toBe(4);
    write('issues/001-first.yaml', scheduled(30));
    const { code, json } = await obn(root, due, { env: ses.env });
    expect(code).toBe(0);
    expect(json()).toMatchObject([{ issue: 1, deliveries: { accepted: 4 } }]);
  });

  it('does not fail because of an unfinished issue', async () => {
    const draft = `${issueText(2, 'Two')}draft: true\nsend_at: ${hoursAgo(1)}\ncolour: red\n`;
    const later = `${issueText(3, 'Three')}send_at: ${hoursAgo(-48)}\ncolour: red\n`;
    const { root, write } = makeNewsletter({
      'issues/002-second.yaml': draft,
      'issues/003-third.yaml': later,
    });
    const quiet = await obn(root, ['send', '--due']);
    expect([quiet.code, quiet.stderr]).toEqual([0, 'Nothing is due.\n']);
    write('issues/003-third.yaml', later.replace(hoursAgo(-48).slice(0, 10), hoursAgo(2).slice(0, 10)));
    write('issues/003-third.yaml', `${issueText(3, 'Three')}send_at: ${hoursAgo(1)}\ncolour: red\n`);
    expect((await obn(root, ['send', '--due'])).code).toBe(1);
  });
});

it('a run that was killed is not at work any more, and the next one begins afresh', async () => {
  const ses = await startSesEndpoint();
  const { root } = makeNewsletter({}, { readers: 3 });
  ses.fault(({ operation }) => (operation === 'SendEmail' ? 'hang' : undefined));
  const { child, result } = spawnObn(root, SES, { env: ses.env });
  await expect.poll(() => ses.requests.SendEmail).toBe(3);
  expect((await obn(root, ['status', '1', '--json'])).json()).toMatchObject({ state: 'sending' });
  child.kill('SIGKILL');
  await result;
  expect((await obn(root, ['status', '1', '--json'])).json()).toMatchObject({ state: 'paused' });
});
