import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runDelivery } from '../../src/delivery/run.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/table.js';
import { MessageWriter } from '../../src/message/writer.js';
import { type Clock, systemClock } from '../../src/platform/clock.js';
import type { Transport } from '../../src/transport/transport.js';
import { message } from '../message/messages.js';
import { accepted, deferred } from './answers.js';
import { Recorder } from './recorder.js';

const TWO_HOURS = 2 * 3_600_000;
const READERS = 40;
const JUMPS = [
  ['forward', TWO_HOURS],
  ['back', -TWO_HOURS],
] as const;

/** The system's clock, whose time of day can be moved. */
class JumpyClock implements Clock {
  offset = 0;
  now = () => systemClock.now() + this.offset;
  steady = systemClock.steady;
  sleep = systemClock.sleep;
  after = systemClock.after;
}

async function frozen() {
  const folder = mkdtempSync(join(tmpdir(), 'obn-clock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const open = async () => {
    const ledger = await openLedger('sqlite:ledger.db', folder, { create: true });
    onTestFinished(() => ledger.close());
    return ledger;
  };
  const ledger = await open();
  const facts = { issue: 7, channel: 'live', transport: 'ses', message: message(), digest: 'd' } as const;
  const audience = { listed: READERS, eligible: READERS, excluded: {} };
  const header = { ...facts, now: systemClock.now() };
  const { send } = await ledger.deliveries.freeze(header, readers(), () => ({
    audience,
    audienceDigest: 'a',
  }));
  const run = (own: Ledger, transport: Transport, clock: Clock, worker: string) =>
    runDelivery({
      ...{ send, ledger: own.deliveries, transport, clock, worker, rate: undefined, limit: undefined },
      writer: new MessageWriter(message(), { secret: 's' }),
      signal: new AbortController().signal,
    });
  return { open, ledger, send, run };
}

async function* readers() {
  for (let index = 0; index < READERS; index++) {
    const key = `r${index}@x.example`;
    yield [{ key, address: key, name: '', reference: `ref${index}`, fields: {} }];
  }
}

/** Another process of this machine that is alive: the one that started this one. */
const OTHER = `elsewhere:${process.ppid}:a`;

describe.each(JUMPS)('a clock that jumps two hours %s', (_name, jump) => {
  it('during a run neither skips a reader nor sends twice', async () => {
    const { ledger, send, run } = await frozen();
    const clock = new JumpyClock();
    const transport = new Recorder((_, handed) => {
      if (handed === READERS / 2) clock.offset = jump;
      return accepted;
    });
    expect(await run(ledger, transport, clock, 'here:1:a')).toEqual({ kind: 'finished' });
    expect([...transport.copies.values()]).toEqual(Array(READERS).fill(1));
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({
      accepted: READERS,
      unknown: 0,
      rejected: 0,
    });
  });

  it('while deliveries are put off does not put them off for two hours', async () => {
    const { ledger, send, run } = await frozen();
    const clock = new JumpyClock();
    const transport = new Recorder((copies, handed) => {
      if (handed === READERS / 2) clock.offset = jump;
      return copies === 1 && handed % 3 === 0 ? deferred : accepted;
    });
    expect(await run(ledger, transport, clock, 'here:1:a')).toEqual({ kind: 'finished' });
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ accepted: READERS });
    expect(Math.max(...transport.copies.values())).toBe(2);
  });

  it('between two workers does not cause duplicates', async () => {
    const { ledger, open, send, run } = await frozen();
    const ahead = new JumpyClock();
    ahead.offset = jump;
    const transport = new Recorder();
    const ends = await Promise.all([
      run(ledger, transport, systemClock, 'here:1:a'),
      run(await open(), transport, ahead, OTHER),
    ]);
    expect(ends).toEqual([{ kind: 'finished' }, { kind: 'finished' }]);
    expect([...transport.copies.values()]).toEqual(Array(READERS).fill(1));
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({
      accepted: READERS,
      unknown: 0,
      rejected: 0,
    });
  });
});
