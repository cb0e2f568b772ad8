import { describe, expect, it } from 'vitest';
import { Calls } from '../../src/delivery/calls.js';
import { Pacer } from '../../src/delivery/pacer.js';
import type { Claim } from '../../src/ledger/delivery.js';
import type { Clock } from '../../src/platform/clock.js';
import type { OutgoingMessage } from '../../src/transport/outgoing.js';
import type { CallResult } from '../../src/transport/transport.js';
import { claim, rejected } from './answers.js';

const HOUR_MS = 3_600_000;

interface World {
  readonly rate?: number;
  readonly count?: number;
  /** What a call of so many messages comes to; default: only single ones are answered. */
  readonly answer?: (
    calls: readonly number[],
    time: { now: number },
    mayGo: () => boolean,
  ) => CallResult | undefined;
  readonly leaseUntil?: number;
  readonly isPaused?: (calls: readonly number[]) => boolean;
  readonly signal?: AbortSignal;
}

/** Hands messages over to a transport that takes none of them together. */
async function handOver(world: World) {
  const { rate, count = 8, answer, isPaused = () => false, signal, leaseUntil = HOUR_MS } = world;
  const time = { now: 0 };
  const clock: Clock = {
    now: () => time.now,
    steady: () => time.now,
    sleep: async (ms) => {
      time.now += ms;
    },
    after: () => () => undefined,
  };
  const calls: number[] = [];
  const times: number[] = [];
  const answers: string[] = [];
  const released: string[] = [];
  const pacer = new Pacer(rate, 0, count);
  const transport = {
    ...{ concurrency: 1, batch: count },
    limits: async () => ({}),
    close: async () => undefined,
    send: async (messages: readonly OutgoingMessage[], mayGo = () => true): Promise<CallResult> => {
      calls.push(messages.length);
      times.push(time.now);
      return answer?.(calls, time, mayGo) ?? (messages.length > 1 ? 'split' : [rejected]);
    },
  };
  const claims: Claim[] = Array.from({ length: count }, (_, sequence) => ({
    ...{ ...claim(1), sequence, leaseUntil },
  }));
  pacer.giveBack(-count);
  const work = new Calls({
    ...{ transport, clock, pacer, writer: { write: () => ({}) as OutgoingMessage } },
    signal: signal ?? new AbortController().signal,
    onAnswer: ({ sequence }, { kind }) => answers.push(`${sequence} ${kind}`),
    onRelease: ({ sequence }, { code }) => released.push(`${sequence} ${code}`),
    isPaused: () => isPaused(calls),
  });
  await work.handOver(claims);
  return { calls, times, answers, released };
}

describe('a call that is rejected as a whole', () => {
  it('is split into halves until every message has its own answer', async () => {
    const { calls, answers, released } = await handOver({});
    expect(calls).toEqual([8, 4, 2, 1, 1, 2, 1, 1, 4, 2, 1, 1, 2, 1, 1]);
    expect(answers).toEqual(Array.from({ length: 8 }, (_, sequence) => `${sequence} rejected`));
    expect(released).toEqual([]);
  });

  it('waits for the pace before each later call', async () => {
    const { calls, times } = await handOver({ rate: 4 });
    const total = calls.reduce((sum, size) => sum + size, 0);
    expect(times.at(-1)).toBeGreaterThan(((total - 16) / 4) * 1_000);
    const within = (from: number) =>
      calls.reduce((sum, size, at) => {
        const time = times[at] ?? 0;
        return at > 0 && time >= from && time < from + 1_000 ? sum + size : sum;
      }, 0);
    for (const from of times.slice(1)) expect(within(from)).toBeLessThanOrEqual(4);
  });

  it('releases late messages', async () => {
    const { calls, answers, released } = await handOver({
      answer: (made, time) => {
        if (made.length === 4) time.now = HOUR_MS;
        return undefined;
      },
    });
    expect(calls).toEqual([8, 4, 2, 1]);
    expect(answers).toEqual(['0 rejected']);
    expect(released).toEqual([1, 2, 3, 4, 5, 6, 7].map((sequence) => `${sequence} late`));
  });

  it('releases the rest when the run has paused itself', async () => {
    const { calls, answers, released } = await handOver({ isPaused: (made) => made.length >= 4 });
    expect(calls).toEqual([8, 4, 2, 1]);
    expect(answers).toEqual(['0 rejected']);
    expect(released).toHaveLength(7);
  });

  it('releases the rest when a person stops the run', async () => {
    const { calls, released } = await handOver({ signal: AbortSignal.abort() });
    expect(calls).toEqual([8]);
    expect(released).toEqual(Array.from({ length: 8 }, (_, sequence) => `${sequence} stopped`));
  });

  it('leaves a single message in doubt that a transport wants to split', async () => {
    const { answers } = await handOver({ count: 1, answer: () => 'split' });
    expect(answers).toEqual(['0 unknown']);
  });
});

describe('a claim whose lease is about to run out', () => {
  it('is given back, and its message is never handed over', async () => {
    const { calls, released } = await handOver({ count: 1, leaseUntil: 29_999 });
    expect({ calls, released }).toEqual({ calls: [], released: ['0 late'] });
  });

  it('is handed over with half a minute left', async () => {
    const { calls, released } = await handOver({ count: 1, leaseUntil: 30_000 });
    expect({ calls, released }).toEqual({ calls: [1], released: [] });
  });

  it('is held back by a transport that looks again at the last moment', async () => {
    const looks: boolean[] = [];
    await handOver({
      count: 1,
      answer: (_, time, mayGo) => {
        looks.push(mayGo());
        time.now = HOUR_MS;
        looks.push(mayGo());
        return [rejected];
      },
    });
    expect(looks).toEqual([true, false]);
  });
});

describe('a call whose answer is lost', () => {
  it('leaves every message in doubt', async () => {
    const { answers } = await handOver({
      count: 2,
      answer: () => {
        throw new Error('the answer cannot be read');
      },
    });
    expect(answers).toEqual(['0 unknown', '1 unknown']);
  });

  it('leaves unmentioned messages in doubt', async () => {
    const { answers } = await handOver({ count: 2, answer: () => [rejected] });
    expect(answers).toEqual(['0 rejected', '1 unknown']);
  });
});
