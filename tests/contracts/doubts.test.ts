import { describe, expect, it } from 'vitest';
import { REJECTED_IN_DOUBT } from '../../src/delivery/failures.js';
import type { Claim, Failure, Settlement } from '../../src/ledger/delivery.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { Send } from '../../src/ledger/send.js';
import { spans, tableUnder } from '../transport/document.js';
import { claimFor, frozenLedger, kinds } from './ledgers.js';

type Outcome = Settlement['state'];

/** An answer to an attempt, with words that name both. */
function answer(attempt: number, state: Outcome, sequence = 0): Settlement {
  const said = { sequence, attempt, code: `${state} ${attempt}`, reason: 'words' };
  if (state === 'accepted') return { sequence, attempt, state, messageId: `m${attempt}` };
  return state === 'queued' ? { ...said, state, tries: 1, notBefore: 0 } : { ...said, state };
}

/** One delivery, and what may happen to it. */
class Story {
  constructor(
    readonly ledger: Ledger,
    private readonly send: Send,
  ) {}

  /** A worker claims it; that is the next attempt. */
  async claim(): Promise<Claim | undefined> {
    return (await this.ledger.deliveries.exchange(this.send.id, 1, [], claimFor('a:1', 1)))[0];
  }

  settle(...answers: Settlement[]): Promise<Claim[]> {
    return this.ledger.deliveries.exchange(this.send.id, 2, answers, claimFor('a:1', 0));
  }

  /** The worker is gone, and a person sends again. */
  async loseAndRetry(): Promise<void> {
    await this.claim();
    await this.ledger.deliveries.abandon(this.send.id, ['a:1'], 3);
    await this.retry();
  }

  async retry(): Promise<void> {
    const send = (await this.ledger.deliveries.find(3, 'live')) as Send;
    expect(await this.ledger.deliveries.requeue(send, { rejected: 0, unknown: 1 }, 4)).toBe(true);
  }

  async state(): Promise<string> {
    const counts = await this.ledger.deliveries.counts(this.send.id);
    const states = Object.entries(counts).flatMap(([state, count]) => (count > 0 ? [state] : []));
    const inDoubt = await this.ledger.deliveries.rejectedInDoubt(this.send.id);
    return `${states.join()}${inDoubt > 0 ? ' (rejected in doubt)' : ''}`;
  }

  async failure(): Promise<Failure | undefined> {
    for await (const failure of this.ledger.deliveries.failures(this.send.id)) return failure;
    return undefined;
  }

  retriable() {
    return this.ledger.deliveries.retriable(this.send.id);
  }
}

const STATES: Readonly<Record<string, Outcome>> = { deferred: 'queued' };

describe.each(Object.keys(kinds))('a delivery in doubt in the %s ledger', (kind) => {
  const begin = async () => {
    const { ledger, send } = await frozenLedger(kind, 1);
    return { story: new Story(ledger, send), ledger, send };
  };

  it.each(tableUnder('Doubt'))('is as the document says: %s: %s', async (cell, becomes) => {
    const { story } = await begin();
    let latest = 0;
    for (const [, number, outcome = ''] of cell.matchAll(/(\d) (\w+)/g)) {
      const attempt = Number(number);
      if (attempt > latest) {
        if ((await story.state()).startsWith('unknown')) await story.retry();
        const claim = await story.claim();
        if (claim) expect(claim.attempt).toBe(attempt);
        latest = attempt;
      }
      await story.settle(answer(attempt, STATES[outcome] ?? (outcome as Outcome)));
    }
    const inDoubt = becomes.includes(REJECTED_IN_DOUBT) ? ' (rejected in doubt)' : '';
    expect(await story.state()).toBe(`${spans(becomes)[0]}${inDoubt}`);
  });

  it('stays in doubt when another attempt is rejected, and is not tried again as rejected', async () => {
    const { story, ledger } = await begin();
    await story.loseAndRetry();
    await story.claim();
    await story.settle(answer(2, 'rejected'));
    expect(await story.state()).toBe('unknown (rejected in doubt)');
    expect(await story.failure()).toMatchObject({
      ...{ state: 'unknown', code: 'rejected 2', reason: 'words', rejectedInDoubt: true },
    });
    expect(await story.retriable()).toEqual({ rejected: 0, unknown: 1 });
    const send = (await ledger.deliveries.find(3, 'live')) as Send;
    expect(await ledger.deliveries.requeue(send, { rejected: 1, unknown: 0 }, 5)).toBe(false);
    await story.retry();
    await story.claim();
    await story.settle(answer(3, 'unknown'));
    expect(await story.state()).toBe('unknown');
    expect(await story.failure()).toMatchObject({ code: 'unknown 3', rejectedInDoubt: false });
  });

  it('is in doubt no more when another attempt is accepted', async () => {
    const { story } = await begin();
    await story.loseAndRetry();
    await story.claim();
    await story.settle(answer(2, 'accepted'));
    expect([await story.state(), await story.failure()]).toEqual(['accepted', undefined]);
  });

  it.each([
    ['queued', undefined],
    ['claimed', 'claim'],
    ['rejected', 'rejected'],
    ['put off', 'queued'],
    ['unknown', 'unknown'],
  ] as const)(
    'is accepted by a late yes while a newer attempt is %s, which then is over',
    async (_name, then) => {
      const { story, ledger, send } = await begin();
      await story.loseAndRetry();
      if (then) await story.claim();
      if (then && then !== 'claim') await story.settle(answer(2, then));
      await story.settle(answer(1, 'accepted'));
      expect(await story.state()).toBe('accepted');
      expect(await ledger.deliveries.holders(send.id)).toEqual([]);
      expect(await story.claim()).toBeUndefined();
      for (const state of ['rejected', 'unknown', 'queued'] as const) await story.settle(answer(2, state));
      expect([await story.state(), await story.failure()]).toEqual(['accepted', undefined]);
    },
  );

  it('is rejected, and may be tried again, when the attempt in doubt turns out not to be taken', async () => {
    const { story } = await begin();
    await story.loseAndRetry();
    await story.claim();
    await story.settle(answer(2, 'rejected'));
    await story.settle(answer(1, 'rejected'));
    expect(await story.state()).toBe('rejected');
    expect(await story.failure()).toMatchObject({ code: 'rejected 2', rejectedInDoubt: false });
    expect(await story.retriable()).toEqual({ rejected: 1, unknown: 0 });
  });

  it.each([
    ['rejected', 'rejected'],
    ['queued', 'queued'],
    ['accepted', 'accepted'],
  ] as const)('becomes what its latest attempt is answered late: %s', async (outcome, state) => {
    const { story, ledger, send } = await begin();
    await story.claim();
    await ledger.deliveries.abandon(send.id, ['a:1'], 3);
    expect(await story.state()).toBe('unknown');
    await story.settle(answer(1, outcome));
    expect(await story.state()).toBe(state);
    expect(await ledger.deliveries.holders(send.id)).toEqual([]);
  });

  it('stays in doubt as long as any attempt is', async () => {
    const { story } = await begin();
    await story.loseAndRetry();
    await story.loseAndRetry();
    await story.claim();
    await story.settle(answer(3, 'rejected'));
    await story.settle(answer(2, 'queued'));
    expect(await story.state()).toBe('unknown (rejected in doubt)');
    await story.settle(answer(1, 'rejected'));
    expect(await story.state()).toBe('rejected');
  });

  it('keeps its doubt while it is put off, and its newer attempt when a late no takes the doubt away', async () => {
    const { story, ledger, send } = await begin();
    await story.loseAndRetry();
    const claim = (await story.claim()) as Claim;
    await story.settle(answer(2, 'queued'));
    expect(await ledger.deliveries.lastDeferral(send.id)).toBeUndefined();
    await story.settle(answer(1, 'queued'));
    expect(await ledger.deliveries.lastDeferral(send.id)).toMatchObject({ code: 'queued 2' });
    await story.claim();
    await story.settle(answer(3, 'rejected'));
    expect(await story.state()).toBe('rejected');
    expect(claim.attempt).toBe(2);
  });

  it('stays in the record of somebody who left, until a late no takes the doubt away', async () => {
    const { story, ledger, send } = await begin();
    await story.loseAndRetry();
    await story.claim();
    await story.settle(answer(2, 'queued'));
    await ledger.readers.suppress('r0@example.com', 'unsubscribed', 'test', 5);
    expect(await ledger.deliveries.withdraw(send)).toBe(0);
    expect(await story.state()).toBe('unknown');
    await story.settle(answer(1, 'rejected'));
    expect(await ledger.deliveries.withdraw(send)).toBe(1);
    expect(await story.state()).toBe('');
    expect((await ledger.deliveries.find(3, 'live'))?.audience).toMatchObject({
      excluded: { unsubscribed: 1 },
    });
  });

  it('takes the answers of two attempts that come together', async () => {
    for (const [first, second, state] of [
      ['accepted', 'rejected', 'accepted'],
      ['rejected', 'accepted', 'accepted'],
      ['rejected', 'rejected', 'rejected'],
      ['queued', 'unknown', 'unknown'],
    ] as const) {
      const { story } = await begin();
      await story.loseAndRetry();
      await story.claim();
      await story.settle(answer(2, second), answer(1, first));
      expect(await story.state(), `${first}, ${second}`).toBe(state);
    }
  });

  it('is not claimed in the exchange that brings its late yes', async () => {
    const { story, ledger, send } = await begin();
    await story.loseAndRetry();
    expect(await ledger.deliveries.exchange(send.id, 5, [answer(1, 'accepted')], claimFor('b:1', 5))).toEqual(
      [],
    );
    expect(await story.state()).toBe('accepted');
  });

  it('is answered once for each attempt', async () => {
    const { story } = await begin();
    await story.claim();
    await story.settle(answer(1, 'rejected'));
    for (const state of ['accepted', 'queued', 'unknown'] as const) await story.settle(answer(1, state));
    expect(await story.state()).toBe('rejected');
  });
});
