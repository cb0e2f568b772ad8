import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { abandonDead } from '../../src/delivery/resume.js';
import { workerName } from '../../src/platform/process.js';
import { frozenIssue } from '../support/frozen-ledger.js';

const NOW = 10_000;
/** A process of this machine that has ended. */
const gone = () => workerName().replace(/:\d+:/, `:${spawnSync('true').pid}:`);

async function claimedBy(worker: string, leaseUntil: number) {
  const { ledger, send } = await frozenIssue(2);
  await ledger.deliveries.join(send.id, worker, NOW, leaseUntil);
  await ledger.deliveries.exchange(send.id, 1, [], { worker, limit: 1, leaseUntil });
  return { ledger, send };
}

describe('a claim', () => {
  it('of a dead process on this machine is unknown immediately', async () => {
    const { ledger, send } = await claimedBy(gone(), NOW + 60_000);
    expect(await abandonDead(ledger.deliveries, send.id, NOW)).toBe(1);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 1, claimed: 0, unknown: 1 });
    expect(await ledger.deliveries.present(send.id)).toEqual([]);
  });

  it('of another machine is unknown when its lease has run out', async () => {
    const { ledger, send } = await claimedBy('elsewhere:1', NOW - 1);
    expect(await abandonDead(ledger.deliveries, send.id, NOW)).toBe(1);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 1, claimed: 0, unknown: 1 });
  });

  it.each([
    ['another machine', () => 'elsewhere:1'],
    ['this process', workerName],
  ])('of %s is not touched during its lease', async (_, worker) => {
    const { ledger, send } = await claimedBy(worker(), NOW);
    expect(await abandonDead(ledger.deliveries, send.id, NOW)).toBe(0);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ claimed: 1, unknown: 0 });
    expect(await ledger.deliveries.present(send.id)).toHaveLength(1);
  });
});
