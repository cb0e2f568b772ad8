import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCampaign } from '../../src/campaign/open-campaign.js';
import type { SendReporter } from '../../src/campaign/reporter.js';
import { prepareSend, sendIssue } from '../../src/campaign/send-issue.js';
import type { SendRequest } from '../../src/campaign/send-request.js';
import { usageError } from '../../src/findings/error.js';
import { findIssueFile } from '../../src/issue/store.js';
import { systemClock } from '../../src/platform/clock.js';
import { makeNewsletter, type NewsletterOptions, READERS } from '../support/newsletter.js';

const env = { OBN_SECRET: 'a secret of the tests, of more than 32 characters' };
const LIVE: NewsletterOptions = { config: { smtp: { url: 'smtp://127.0.0.1:9' } } };

/** A reporter that keeps the kinds of what it is told, in their order. */
function recorder() {
  const told: string[] = [];
  const reporter: SendReporter = {
    plan: ({ action }) => told.push(`plan ${action.kind}`),
    progress: ({ kind }) => {
      if (kind !== 'tick') told.push(kind);
    },
    notice: ({ kind }) => told.push(`notice ${kind}`),
    findings: (findings) => told.push(`findings ${findings.length}`),
    outcome: ({ kind }) => told.push(`outcome ${kind}`),
  };
  return { told, reporter };
}

async function open(request: SendRequest = {}, options: NewsletterOptions = {}) {
  const folder = makeNewsletter({}, options);
  const campaign = await openCampaign({ cwd: folder.root, env, clock: systemClock }, { create: false });
  onTestFinished(() => campaign.close());
  const file = await findIssueFile(campaign.newsletter, '1');
  const { told, reporter } = recorder();
  const hasLedger = () => existsSync(folder.path('.obn/ledger.db'));
  return { campaign, file, told, job: { campaign, request, reporter }, hasLedger };
}

describe('a send', () => {
  it('reports its plan, each answer and its outcome, in this order', async () => {
    const { job, file, told } = await open();
    const outcome = await sendIssue(job, file, {});
    const answers = READERS.map(() => 'answered');
    expect(told).toEqual(['plan start', 'started', ...answers, 'outcome sent']);
    expect(outcome).toMatchObject({
      kind: 'sent',
      end: { kind: 'finished' },
      failures: { failures: [], more: 0 },
    });
  });

  it('needs no reporter', async () => {
    const { campaign, file } = await open();
    const outcome = await sendIssue({ campaign, request: {}, reporter: {} }, file, {});
    expect(outcome).toMatchObject({ kind: 'sent', progress: { counts: { accepted: READERS.length } } });
  });

  it('with a dry run stops after the plan, and leaves no ledger', async () => {
    const { job, file, told, hasLedger } = await open({ dryRun: true });
    expect(await sendIssue(job, file, {})).toMatchObject({ kind: 'planned', refusal: undefined });
    expect(told).toEqual(['plan start', 'outcome planned']);
    expect(hasLedger()).toBe(false);
  });

  it('to the outbox asks for no consent', async () => {
    const { job, file } = await open();
    const consent = () => Promise.reject(usageError('nobody may be asked'));
    expect(await sendIssue(job, file, { consent })).toMatchObject({ kind: 'sent' });
  });

  it('to readers is not begun without consent, and leaves no ledger', async () => {
    const { job, file, told, hasLedger } = await open({ transport: 'smtp' }, LIVE);
    const asked: number[] = [];
    const consent = async ({ count }: { count: number }) => {
      asked.push(count);
      throw usageError('nothing was sent');
    };
    await expect(sendIssue(job, file, { consent })).rejects.toThrow('nothing was sent');
    expect([asked, told, hasLedger()]).toEqual([[READERS.length], ['plan start'], false]);
  });

  it('is refused by its plan before anybody is asked', async () => {
    const config = { ...LIVE.config, send: { require_approval: true } };
    const { job, file } = await open({ transport: 'smtp' }, { config });
    const prepared = await prepareSend(job, file);
    const consent = () => Promise.reject(usageError('nobody may be asked'));
    expect(prepared.refusal?.message).toBe('issue #1 is not approved');
    await expect(prepared.execute({ consent })).rejects.toBe(prepared.refusal);
  });

  it('is carried out once, however often it is executed', async () => {
    const { job, file, told } = await open();
    const { execute } = await prepareSend(job, file);
    const [first, second] = await Promise.all([execute(), execute()]);
    expect(second).toBe(first);
    expect(told.filter((one) => one === 'answered')).toHaveLength(READERS.length);
  });

  it('stops on request, and resumes with the rest', async () => {
    const { job, file } = await open();
    let disposed = false;
    const interruptible = () => ({ signal: AbortSignal.abort(), dispose: () => (disposed = true) });
    const stopped = await sendIssue(job, file, { interruptible });
    expect(stopped).toMatchObject({ end: { kind: 'interrupted' }, progress: { state: 'paused' } });
    expect(disposed).toBe(true);
    expect(await sendIssue(job, file, {})).toMatchObject({
      end: { kind: 'finished' },
      progress: { state: 'rehearsed', counts: { accepted: READERS.length } },
    });
  });
});
