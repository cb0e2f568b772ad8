import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { type ObnOptions, spawnObn } from '../support/cli.js';
import { clockAt } from '../support/moved-clock.js';
import { issueText, makeNewsletter, type TestNewsletter } from '../support/newsletter.js';

const page = (newsletter: TestNewsletter, number: number) =>
  newsletter.read(`site/issues/${number}/index.html`);

/** Starts watching; `said` is all that it has told so far. */
function watchSite(newsletter: TestNewsletter, options?: ObnOptions) {
  const { child, result } = spawnObn(newsletter.root, ['archive', '--watch'], options);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece) => {
      text += piece;
    });
  }
  return { child, result, said: () => text };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a site that is watched', () => {
  it('is rebuilt on every change, with errors, until it is stopped', async () => {
    const newsletter = makeNewsletter();
    const { child, result, said } = watchSite(newsletter);
    await vi.waitFor(() => expect(said()).toContain('Watching for changes'), 15_000);
    newsletter.write('issues/001-first.yaml', issueText(1, 'One').replace('sections:', 'sectoins:'));
    await vi.waitFor(() => expect(said()).toContain('sectoins'), 15_000);
    newsletter.write('issues/001-first.yaml', issueText(1, 'A new title'));
    await vi.waitFor(() => expect(page(newsletter, 1)).toContain('A new title'), 15_000);
    child.kill('SIGINT');
    expect((await result).code).toBe(0);
  });

  it('includes changes saved during the first build', async () => {
    const newsletter = makeNewsletter();
    const { child, result } = watchSite(newsletter);
    // Pages are staged when the issues have been read; who looks too seldom sees what was built of them.
    const site = newsletter.path('site');
    const begun = (name: string) => name.startsWith('.obn-archive-') || name === 'index.html';
    const isBuilding = () => existsSync(site) && readdirSync(site).some(begun);
    await vi.waitUntil(isBuilding, { timeout: 15_000, interval: 1 });
    newsletter.write('issues/001-first.yaml', issueText(1, 'A new title'));
    await vi.waitFor(() => expect(page(newsletter, 1)).toContain('A new title'), 15_000);
    child.kill('SIGINT');
    await result;
  });

  it('ends with the error of the first build, despite changes during it', async () => {
    const broken = issueText(1, 'One').replace('sections:', 'sectoins:');
    const newsletter = makeNewsletter({ 'issues/001-first.yaml': broken });
    const { child, result } = watchSite(newsletter);
    let ended = false;
    child.on('close', () => {
      ended = true;
    });
    // It begins to watch before this, and ends some time after it.
    const lock = newsletter.path('site/.obn-archive.lock');
    await vi.waitUntil(() => ended || existsSync(lock), { timeout: 15_000, interval: 1 });
    for (let turn = 1; !ended; turn++) {
      newsletter.write('issues/002-second.yaml', issueText(2, `Title ${turn}`));
      await pause(20);
    }
    const { code, stdout, stderr } = await result;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.match(/the site was not built/g)).toHaveLength(1);
  });

  it('is rebuilt once for all changes during a build', async () => {
    const newsletter = makeNewsletter();
    const { child, result, said } = watchSite(newsletter);
    const builds = () => said().match(/^site: /gm)?.length ?? 0;
    await vi.waitFor(() => expect(said()).toContain('Watching for changes'), 15_000);
    const saving = setInterval(() => {
      newsletter.write('issues/001-first.yaml', issueText(1, `Title ${performance.now()}`));
    }, 20);
    await pause(2_000);
    clearInterval(saving);
    newsletter.write('issues/001-first.yaml', issueText(1, 'The last'));
    await vi.waitFor(() => expect(page(newsletter, 1)).toContain('The last'), 15_000);
    const made = builds();
    child.kill('SIGINT');
    expect((await result).code).toBe(0);
    expect(builds()).toBeLessThanOrEqual(made + 1);
  });

  it('includes an issue when its date begins', async () => {
    const tomorrow = issueText(3, 'Tomorrow').replace(/^date: .*$/m, 'date: 2031-03-05');
    const newsletter = makeNewsletter(
      { 'issues/003-tomorrow.yaml': tomorrow },
      { config: { newsletter: { timezone: 'America/New_York' } } },
    );
    const env = clockAt('2031-03-04T23:59:54-05:00');
    const { child, result, said } = watchSite(newsletter, { env });
    await vi.waitFor(() => expect(said()).toContain('2 issues'), 15_000);
    await vi.waitFor(() => expect(said()).toContain('3 issues'), 20_000);
    expect(page(newsletter, 3)).toContain('Tomorrow');
    child.kill('SIGINT');
    expect((await result).code).toBe(0);
  });
});
