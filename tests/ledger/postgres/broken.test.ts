import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Claim } from '../../../src/ledger/delivery.js';
import type { Ledger } from '../../../src/ledger/ledger.js';
import type { Counts, Send } from '../../../src/ledger/send.js';
import { openLedger } from '../../../src/ledger/table.js';
import { claimFor, HEADER, recipients, result } from '../../contracts/ledgers.js';
import { PostgresServer } from '../../support/postgres/server.js';
import { type Break, Wire } from '../../support/postgres/wire.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

const COUNT = 10;
/** As it stands on the wire. */
const COMMIT = 'commit\0';

/** A ledger whose connection can be broken, in which issue 3 is frozen. */
async function frozen(): Promise<{ ledger: Ledger; send: Send; wire: Wire; said: string[] }> {
  const wire = await Wire.start(server.port);
  const said: string[] = [];
  const url = wire.through(await server.createDatabase());
  const ledger = await openLedger(url, '/', { create: true, notice: (text) => said.push(text) });
  onTestFinished(async () => {
    await ledger.close();
    await wire.close();
  });
  const { send } = await ledger.deliveries.freeze(HEADER, recipients(COUNT), result(COUNT));
  // Statements are known to the server from now on.
  await ledger.deliveries.exchange(send.id, 0, [], claimFor('warm:1', 1));
  await ledger.deliveries.abandon(send.id, ['warm:1'], 0);
  return { ledger, send, wire, said };
}

const accepted = ({ sequence, attempt }: Claim) =>
  ({ sequence, attempt, state: 'accepted', messageId: 'm' }) as const;

const sequences = (claims: readonly Claim[]) => claims.map(({ sequence }) => sequence);

const breaks: readonly Break[] = ['request', 'answer', 'late'];

describe.each(breaks)('where the connection breaks: %s', (how) => {
  it('claims every delivery exactly once', async () => {
    const { ledger, send, wire } = await frozen();
    wire.break(how);
    const claims = await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 3));
    expect(wire.broken).toBe(1);
    expect(claims).toHaveLength(3);
    await wire.release();
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ claimed: how === 'late' ? 6 : 3 });
    // What the server has claimed late goes back into the queue with the next exchange.
    const all = [...claims, ...(await ledger.deliveries.exchange(send.id, 2, [], claimFor('a:1', COUNT)))];
    all.push(...(await ledger.deliveries.exchange(send.id, 2, [], claimFor('a:1', COUNT))));
    expect(all).toHaveLength(COUNT - 1);
    expect(new Set(sequences(all)).size).toBe(COUNT - 1);
    await ledger.deliveries.exchange(send.id, 3, all.map(accepted), claimFor('a:1', 0));
    expect(await ledger.deliveries.counts(send.id)).toEqual({
      ...{ queued: 0, claimed: 0, accepted: COUNT - 1, rejected: 0, unknown: 1 },
    } satisfies Counts);
  });

  it('settles every delivery once, and ignores a late settlement', async () => {
    const { ledger, send, wire } = await frozen();
    const [claim] = (await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 1))) as [Claim];
    const { sequence, attempt } = claim;
    const later = { sequence, attempt, state: 'queued', tries: 1, notBefore: 0, code: '451', reason: 'x' };
    wire.break(how);
    await ledger.deliveries.exchange(send.id, 2, [later as never], claimFor('a:1', 0));
    const [again] = (await ledger.deliveries.exchange(send.id, 3, [], claimFor('a:1', 1))) as [Claim];
    expect(again).toMatchObject({ sequence, attempt: attempt + 1, tries: 1 });
    await wire.release();
    await ledger.deliveries.exchange(send.id, 4, [accepted(again)], claimFor('a:1', 0));
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ accepted: 1, claimed: 0 });
  });
});

describe('a commit whose answer is lost', () => {
  it.each(['request', 'answer', 'late'] as const)('is known by the server (%s)', async (how) => {
    const { ledger, send, wire } = await frozen();
    await ledger.deliveries.exchange(send.id, 1, [], claimFor('b:1', 4));
    wire.break(how, COMMIT);
    expect(await ledger.deliveries.abandon(send.id, ['b:1'], 2)).toBe(4);
    await wire.release();
    expect(wire.broken).toBe(1);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ unknown: 5, claimed: 0 });
    wire.break(how, COMMIT);
    const found = (await ledger.deliveries.find(3, 'live')) as Send;
    expect(await ledger.deliveries.requeue(found, { rejected: 0, unknown: 5 }, 3)).toBe(true);
    expect(await ledger.deliveries.find(3, 'live')).toMatchObject({ retries: 1 });
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: COUNT });
  });

  it('has frozen the audience all the same', async () => {
    const { ledger, wire } = await frozen();
    wire.break('answer', COMMIT);
    const { send, created } = await ledger.deliveries.freeze(
      { ...HEADER, issue: 4 },
      recipients(5),
      result(5),
    );
    expect([created, wire.broken]).toEqual([true, 1]);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ queued: 5 });
  });

  it('freezes nothing if the connection broke before the commit, and says so', async () => {
    const { ledger, wire } = await frozen();
    wire.break('request', COMMIT);
    const freezing = ledger.deliveries.freeze({ ...HEADER, issue: 4 }, recipients(5), result(5));
    await expect(freezing).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(
        /lost the connection .* while the audience was being frozen, and nothing was saved/,
      ),
    });
    expect(await ledger.deliveries.find(4, 'live')).toBeUndefined();
    expect((await ledger.deliveries.freeze({ ...HEADER, issue: 4 }, recipients(5), result(5))).created).toBe(
      true,
    );
  });
});

describe('a server that is restarted', () => {
  it.each(['fast', 'crash'] as const)('is waited for, and has lost nothing (%s)', async (how) => {
    const { ledger, send, said } = await frozen();
    const claims = await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 2));
    await server.end(how);
    const settling = ledger.deliveries.exchange(send.id, 2, claims.map(accepted), claimFor('a:1', 2));
    await expect.poll(() => said).toHaveLength(1);
    expect(said[0]).toMatch(
      /^Lost the connection to the ledger 127\.0\.0\.1:\d+\/test\d+ \(.+\)\. Waiting up to \d+ minutes; nothing is sent/,
    );
    await server.begin();
    expect(sequences(await settling)).toEqual([3, 4]);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ accepted: 2, claimed: 2 });
    expect(said[1]).toMatch(/ is back\.$/);
  });
});

it('does not wait for a silent server when closing', async () => {
  const { ledger, wire } = await frozen();
  wire.silence();
  await ledger.close();
  expect(wire.connections).toBeGreaterThan(0);
});
