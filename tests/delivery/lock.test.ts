import { spawnSync } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { whileLocked } from '../../src/delivery/lock.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openSqlite } from '../../src/ledger/sqlite/open.js';
import type { Clock } from '../../src/platform/clock.js';
import { workerName } from '../../src/platform/process.js';
import { makeNewsletter } from '../support/newsletter.js';

/** A clock that stands still; `ring` lets the time pass that the next callback waits for. */
function stillClock() {
  let now = 1_000_000;
  const waiting: { ms: number; callback: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    steady: () => now,
    sleep: async () => undefined,
    after: (ms, callback) => {
      const entry = { ms, callback };
      waiting.push(entry);
      return () => waiting.splice(0, waiting.length, ...waiting.filter((one) => one !== entry));
    },
  };
  const ring = () => {
    const next = waiting.shift();
    now += next?.ms ?? 0;
    next?.callback();
  };
  return { clock, waiting, ring };
}

async function open() {
  const file = makeNewsletter().path('ledger.db');
  const ledgers = await Promise.all([openSqlite(file), openSqlite(file)]);
  onTestFinished(async () => {
    await Promise.all(ledgers.map((ledger) => ledger.close()));
  });
  return ledgers;
}

const holderOf = async (ledger: Ledger) => (await ledger.locks.acquire('x', 'elsewhere:1', 0, 0)).holder;

/** A process of this machine that has ended. */
const gone = () => workerName().replace(/:\d+:/, `:${spawnSync('true').pid}:`);

describe('a lock', () => {
  it('is held during the work, and released when it ends or fails', async () => {
    const [ledger, other] = await open();
    const { clock, waiting } = stillClock();
    const held = await whileLocked(ledger.locks, clock, 'x', () => holderOf(other));
    expect(held).toEqual({ value: workerName() });
    const failing = whileLocked(ledger.locks, clock, 'x', async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await holderOf(other)).toBe('elsewhere:1');
    expect(waiting).toEqual([]);
  });

  it('of a live process of another machine keeps the work from being done', async () => {
    const [ledger, other] = await open();
    const { clock } = stillClock();
    await other.locks.acquire('x', 'elsewhere:7', clock.now(), clock.now() + 1_000);
    let done = false;
    const end = await whileLocked(ledger.locks, clock, 'x', async () => {
      done = true;
    });
    expect(end).toEqual({ heldBy: { holder: 'elsewhere:7', leaseUntil: clock.now() + 1_000 } });
    expect(done).toBe(false);
    expect(await holderOf(other)).toBe('elsewhere:7');
  });

  it('of a dead process on this machine is taken immediately', async () => {
    const [ledger, other] = await open();
    const { clock } = stillClock();
    await other.locks.acquire('x', gone(), clock.now(), clock.now() + 1_000_000);
    expect(await whileLocked(ledger.locks, clock, 'x', async () => 'mine')).toEqual({ value: 'mine' });
  });

  it('is renewed for as long as the work takes', async () => {
    const [ledger, other] = await open();
    const { clock, waiting, ring } = stillClock();
    await whileLocked(ledger.locks, clock, 'x', async () => {
      const end = clock.now() + 600_000;
      while (clock.now() < end) {
        ring();
        await expect.poll(() => waiting.length).toBe(1);
      }
      const asked = await other.locks.acquire('x', 'elsewhere:1', clock.now(), clock.now() + 1);
      expect(asked.holder).toBe(workerName());
    });
    expect(await holderOf(other)).toBe('elsewhere:1');
  });
});
