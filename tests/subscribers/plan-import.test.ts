import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/platform/clock.js';
import { listFolder } from '../../src/platform/files.js';
import { withList } from '../../src/subscribers/list-session.js';
import { type ImportOptions, type ImportPlan, planImport } from '../../src/subscribers/plan-import.js';
import { makeNewsletter, type TestNewsletter } from '../support/newsletter.js';

const EXPORT =
  'Email,Name,Status\nnew@example.com,Newcomer,subscribed\nada@example.com,Ada,unsubscribed\nnobody,X,subscribed\n';

function importing<T>(
  newsletter: TestNewsletter,
  work: (plan: ImportPlan) => Promise<T>,
  options: ImportOptions = {},
): Promise<T> {
  const host = { cwd: newsletter.root, env: {}, clock: systemClock };
  return withList(host, {}, async (session) => {
    const plan = await planImport(session, 'export.csv', options);
    try {
      return await work(plan);
    } finally {
      await plan.close();
    }
  });
}

describe('planImport', () => {
  it('counts what would change, and changes nothing before it is applied', async () => {
    const newsletter = makeNewsletter({ 'export.csv': EXPORT });
    const before = newsletter.read('subscribers.csv');
    await importing(newsletter, async (plan) => {
      expect(plan.rows.counts()).toMatchObject({ new: 1, gone: 1 });
      expect(plan.rows.refusedCount).toBe(1);
      expect(plan.changesList).toBe(true);
    });
    expect(newsletter.read('subscribers.csv')).toBe(before);
  });

  it('suppresses opt-outs, replaces the list and keeps a backup when applied', async () => {
    const newsletter = makeNewsletter({ 'export.csv': EXPORT });
    const before = newsletter.read('subscribers.csv');
    const { backup, suppressed } = await importing(newsletter, (plan) => plan.apply());
    expect(suppressed).toBe(1);
    expect(newsletter.read(backup ?? '')).toBe(before);
    expect(newsletter.read('subscribers.csv')).toContain('new@example.com');
  });

  it('refuses to replace a list that was changed since the plan was made', async () => {
    const newsletter = makeNewsletter({ 'export.csv': EXPORT });
    const changed = `${newsletter.read('subscribers.csv')}late@example.com,,\n`;
    const applying = importing(newsletter, (plan) => {
      newsletter.write('subscribers.csv', changed);
      return plan.apply();
    });
    await expect(applying).rejects.toThrow('changed while obn was working');
    expect(newsletter.read('subscribers.csv')).toBe(changed);
  });

  it('leaves no files behind, also when its signal stops it', async () => {
    const newsletter = makeNewsletter({ 'export.csv': EXPORT });
    await importing(newsletter, async () => undefined);
    const stopped = importing(newsletter, async () => undefined, { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow('stopped; nothing was changed');
    expect(await listFolder(newsletter.path('.obn/cache'))).toEqual([]);
  });

  it('reports the columns before the rows, and how much was read', async () => {
    const newsletter = makeNewsletter({ 'export.csv': EXPORT });
    const events: string[] = [];
    const shares: number[] = [];
    await importing(newsletter, async () => undefined, {
      onMapping: ({ columns }) => events.push(columns.map(({ from }) => from).join()),
      onProgress: (share) => {
        events.push('read');
        shares.push(share);
      },
    });
    expect(events.slice(0, 2)).toEqual(['Email,Name,Status', 'read']);
    expect(shares.at(-1)).toBe(1);
  });
});
