import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ObnError } from '../../src/api/open-newsletter.js';
import { READERS } from '../support/newsletter.js';
import { startWebServer } from '../support/web-server.js';
import { openApi } from './open-api.js';

const text = async (pieces: AsyncIterable<string>) => {
  let all = '';
  for await (const piece of pieces) all += piece;
  return all;
};

describe('a newsletter', () => {
  it('lists its issues, and shows only the documented configuration', async () => {
    const { newsletter } = await openApi();
    expect((await newsletter.issues()).map(({ number, state }) => [number, state])).toEqual([
      [1, 'unsent'],
      [2, 'unsent'],
    ]);
    expect(Object.keys(newsletter.config)).toEqual(['newsletter', 'from', 'audience', 'send']);
    expect(JSON.stringify(newsletter.config)).not.toContain('a secret of');
  });

  it('refuses an invalid obn.yaml, with its findings', async () => {
    const { folder } = await openApi();
    folder.write('obn.yaml', 'nonsense: true\n');
    const { openNewsletter } = await import('../../src/api/open-newsletter.js');
    const failed = await openNewsletter({ cwd: folder.root, env: {} }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ObnError);
    expect((failed as ObnError).findings.length).toBeGreaterThan(0);
  });

  it('adds a page to the links of an issue', async () => {
    await using site = await startWebServer({
      '/a': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<title>A page'),
    });
    const { newsletter, folder } = await openApi();
    const urls = [`${site.url}/a?utm_source=x`];
    await expect(newsletter.addLinks(urls, { to: 2 })).rejects.toThrow(/private network/);
    const { added } = await newsletter.addLinks(urls, { to: 2, section: 'Read', allowPrivate: true });
    expect(added).toMatchObject([{ title: 'A page', url: `${site.url}/a`, file: 'issues/002-second.yaml' }]);
    expect(folder.read('issues/002-second.yaml')).toContain('heading: Read');
  });

  it('checks one issue, and returns its findings', async () => {
    const { newsletter, folder } = await openApi();
    expect((await newsletter.check(1)).errors).toBe(0);
    folder.write('issues/003-broken.yaml', 'number: 3\n');
    const { errors, findings } = await newsletter.check({ issues: [3] });
    expect(errors).toBeGreaterThan(0);
    expect(findings[0]?.file).toContain('003-broken.yaml');
  });

  it('renders an issue for a reader of the list', async () => {
    const { newsletter } = await openApi();
    const { html, text, issue, findings } = await newsletter.render(1, { for: READERS[0] });
    expect(issue).toBe(1);
    expect(html).toContain('Ada');
    expect(text).toContain('The first one');
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    await expect(newsletter.render(1, { for: 'nobody@example.com' })).rejects.toThrow(
      /is not in subscribers\.csv/,
    );
    expect((await newsletter.variants(1)).reduce((sum, { count }) => sum + count, 0)).toBe(READERS.length);
  });
});

describe('a send', () => {
  it('changes nothing before it is executed', async () => {
    const { newsletter, folder } = await openApi();
    const { plan, close } = await newsletter.send(1);
    expect(plan).toMatchObject({ action: 'start', live: false, count: READERS.length, refusal: undefined });
    expect(existsSync(folder.path('.obn/ledger.db'))).toBe(false);
    await close();
    expect((await newsletter.status(1)).channel).toBe(null);
  });

  it('goes on with the rest after a limit, to nobody twice', async () => {
    const { newsletter, folder } = await openApi();
    const first = await (await newsletter.send(1, { limit: 2 })).execute();
    expect([first.end, first.deliveries.accepted]).toEqual(['limit', 2]);
    const rest = await newsletter.send(1);
    expect(rest.plan).toMatchObject({ action: 'resume', left: READERS.length - 2 });
    const progress: number[] = [];
    await rest.close();
    const again = await newsletter.send(1, {
      reporter: { progress: ({ accepted }) => progress.push(accepted) },
    });
    expect((await again.execute()).deliveries.accepted).toBe(READERS.length);
    expect(progress).toEqual([1, 2, 3]);
    const mails = readdirSync(folder.path('.obn/outbox'), { recursive: true }).map(String);
    expect(mails.filter((name) => name.endsWith('.eml'))).toHaveLength(READERS.length);
  });

  it('is refused for an unexpected number of recipients', async () => {
    const { newsletter } = await openApi();
    const { execute } = await newsletter.send(1, { expect: 4 });
    await expect(execute()).rejects.toThrow(/5 recipients/);
    expect((await newsletter.status(1)).deliveries.accepted).toBe(0);
  });

  it('stops before the first message when its signal has fired', async () => {
    const { newsletter } = await openApi();
    const { execute } = await newsletter.send(1);
    const result = await execute({ signal: AbortSignal.abort() });
    expect([result.end, result.deliveries.accepted]).toEqual(['interrupted', 0]);
  });

  it('to readers says in its plan why it is refused, and is refused', async () => {
    const config = { smtp: { url: 'smtp://127.0.0.1:9' }, send: { require_approval: true } };
    const { newsletter } = await openApi({}, { config });
    const dry = await newsletter.send(1, { transport: 'smtp', dryRun: true });
    expect(dry.plan.live).toBe(true);
    expect(dry.plan.refusal?.message).toBe('issue #1 is not approved');
    await expect(dry.execute()).rejects.toThrow(/dry run/);
    const { execute } = await newsletter.send(1, { transport: 'smtp' });
    await expect(execute()).rejects.toThrow('issue #1 is not approved');
  });

  it('waits for an approval, which can be given and taken back', async () => {
    const { newsletter } = await openApi();
    const { approvals } = newsletter;
    expect((await approvals.status(1)).kind).toBe('missing');
    expect(await approvals.approve(1, { by: 'Jane' })).toBe('ledger');
    expect(await approvals.status(1)).toMatchObject({ kind: 'approved', by: 'Jane' });
    expect(await approvals.revoke(1)).toBe(true);
    expect((await approvals.status(1)).kind).toBe('missing');
  });

  it('of what is due sends an issue whose time has come, and says what is next', async () => {
    const due = `${new Date(Date.now() - 60_000).toISOString().slice(0, 16)}`;
    const { newsletter, folder } = await openApi();
    folder.write('issues/001-first.yaml', `${folder.read('issues/001-first.yaml')}send_at: ${due}\n`);
    const kinds: string[] = [];
    const results = await newsletter.sendDue({ reporter: { notice: ({ kind }) => kinds.push(kind) } });
    expect(results).toMatchObject([{ kind: 'sent', result: { issue: 1, state: 'rehearsed' } }]);
    expect(kinds).toContain('due');
  });

  it('as a test reaches the addresses alone', async () => {
    const { newsletter } = await openApi();
    const [copy] = await newsletter.sendTest(1, ['me@example.com']);
    expect(copy).toMatchObject({ address: 'me@example.com', result: 'accepted' });
    expect((await newsletter.status(1)).channel).toBe(null);
  });
});

describe('the subscribers', () => {
  it('are found, added, suppressed and removed', async () => {
    const { newsletter } = await openApi();
    const { subscribers } = newsletter;
    expect(await subscribers.list()).toMatchObject({
      count: READERS.length,
      audience: { listed: READERS.length },
    });
    expect(await subscribers.add('new@example.com', { firstName: 'New' })).toMatchObject({
      first_name: 'New',
    });
    expect(await subscribers.find('NEW@example.com')).toMatchObject({ address: 'new@example.com' });
    await subscribers.suppress(['new@example.com'], 'bounced');
    expect(await subscribers.find('new@example.com')).toMatchObject({ reason: 'bounced' });
    expect(await subscribers.unsuppress(['new@example.com'])).toMatchObject([
      { reason: null, changed: true },
    ]);
    expect(await subscribers.remove('new@example.com')).toBe(1);
    expect(await subscribers.find('new@example.com')).toBeUndefined();
    expect(await subscribers.faulty()).toEqual([]);
  });

  it('are exported, and imported as a plan that is applied or not', async () => {
    const { newsletter, folder } = await openApi();
    const csv = await text(newsletter.subscribers.export());
    expect(csv.split('\n').filter(Boolean)).toHaveLength(READERS.length + 1);
    folder.write('more.csv', 'email,first_name\nmore@example.com,More\n');
    const left = await newsletter.subscribers.import('more.csv');
    expect([left.changesList, left.counts.new]).toEqual([true, 1]);
    await left.close();
    expect((await newsletter.subscribers.list()).count).toBe(READERS.length);
    const applied = await newsletter.subscribers.import('more.csv');
    expect((await applied.apply()).backup).toMatch(/^\.obn\/backups\//);
    await applied.close();
    expect((await newsletter.subscribers.list()).count).toBe(READERS.length + 1);
  });
});
