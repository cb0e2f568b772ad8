import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Claim } from '../../src/ledger/delivery.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { Send } from '../../src/ledger/send.js';
import { openLedger } from '../../src/ledger/table.js';
import { ForgottenKeys } from '../../src/message/forgotten.js';
import { MessageWriter } from '../../src/message/writer.js';
import { read, SECRET } from '../message/messages.js';
import { makeNewsletter } from '../support/newsletter.js';
import { PostgresServer } from '../support/postgres/server.js';

// Dumps of ledgers that the first released schema wrote. They are never changed: a migration has to cope with them.
const dump = (name: string) => readFileSync(join(import.meta.dirname, 'ledgers', name), 'utf8');
const NOW = 1_700_001_000_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

/** @param change SQL that an earlier version may have carried out before */
const earlier: Record<string, (change: string) => Promise<Ledger>> = {
  sqlite: async (change) => {
    const { root, path } = makeNewsletter();
    const database = new Libsql(path('earlier.db'));
    database.exec(dump('sqlite-5.sql'));
    database.exec(change);
    database.close();
    return openLedger('sqlite:earlier.db', root, { create: true });
  },
  postgres: async (change) => {
    const url = await server.createDatabase();
    await server.ask(url, dump('postgres-1.sql'));
    if (change) await server.ask(url, `set search_path = obn; ${change}`);
    return openLedger(url, '/', { create: true, sameClock: false });
  },
};

async function open(kind: string, change = ''): Promise<Ledger> {
  const ledger = await (earlier[kind] as (change: string) => Promise<Ledger>)(change);
  onTestFinished(() => ledger.close());
  return ledger;
}

describe.each(Object.keys(earlier))('a %s ledger of an earlier version', (kind) => {
  it('still knows every send and what became of it', async () => {
    const ledger = await open(kind);
    const first = (await ledger.deliveries.find(1, 'live')) as Send;
    expect(first).toMatchObject({
      ...{ issue: 1, transport: 'ses', createdAt: 1_700_000_000_000, pausedBy: null, retries: 0 },
      audience: { listed: 6, eligible: 5, excluded: { bounced: 1 } },
      list: { id: 'weekly.n.example' },
    });
    expect(await ledger.deliveries.message(first.id)).toMatchObject({ list: first.list });
    expect(await ledger.deliveries.counts(first.id)).toMatchObject({
      accepted: 3,
      rejected: 1,
      unknown: 1,
      queued: 0,
    });
    const failures = await all(ledger.deliveries.failures(first.id));
    expect(failures).toMatchObject([
      { address: 'Reader3@example.com', state: 'rejected', code: '550', reason: 'no such user' },
      { address: 'Reader4@example.com', state: 'unknown', code: 'ECONNRESET' },
    ]);
    expect(failures[0]?.fields.city).toBe('Zürich "north"');
    expect([await ledger.deliveries.lastIssue(), await ledger.deliveries.hasHistory()]).toEqual([2, true]);
    expect(await ledger.deliveries.find(3, 'rehearsal')).toMatchObject({ issue: 3 });
  });

  it('still knows who may have got it, also where a no was written over that', async () => {
    const ledger = await open(
      kind,
      `update delivery set doubted = true where send = 1 and state = 'rejected'`,
    );
    const { id } = (await ledger.deliveries.find(1, 'live')) as Send;
    expect(await ledger.deliveries.counts(id)).toMatchObject({ accepted: 3, rejected: 0, unknown: 2 });
    expect(await ledger.deliveries.rejectedInDoubt(id)).toBe(1);
    expect(await ledger.deliveries.retriable(id)).toEqual({ rejected: 0, unknown: 2 });
    expect(await all(ledger.deliveries.failures(id))).toMatchObject([
      { state: 'unknown', code: '550', rejectedInDoubt: true },
      { state: 'unknown', code: 'ECONNRESET', rejectedInDoubt: false },
    ]);
  });

  it('still takes the late answer of an attempt that an earlier version left in doubt', async () => {
    const ledger = await open(kind);
    const { id } = (await ledger.deliveries.find(1, 'live')) as Send;
    const late = [3, 4].map(
      (sequence) => ({ sequence, attempt: 1, state: 'accepted', messageId: 'm' }) as const,
    );
    await ledger.deliveries.exchange(id, NOW, late, { worker: 'b', limit: 0, leaseUntil: 0 });
    expect(await ledger.deliveries.counts(id)).toMatchObject({ accepted: 4, rejected: 1, unknown: 0 });
  });

  it('goes on with a send that was paused, and mails nobody who left or was served', async () => {
    const ledger = await open(kind);
    const send = (await ledger.deliveries.find(2, 'live')) as Send;
    expect(send.pausedBy).toBe('AccountSuspendedException: Suspended.');
    await ledger.deliveries.abandon(send.id, ['elsewhere:1:a'], NOW);
    const claims = await ledger.deliveries.exchange(send.id, NOW, [], {
      worker: 'b',
      limit: 99,
      leaseUntil: NOW + 1,
    });
    const keys = claims.map(({ key }) => key);
    expect(keys).toEqual([1, 2, 4, 5, 6].map((at) => `reader${at}@example.com`));
    const writer = new MessageWriter(await ledger.deliveries.message(send.id), { secret: SECRET });
    const [, second] = claims as [Claim, Claim];
    const { address, key, name, fields, reference } = second;
    const raw = writer.write({ address, key, name, values: fields, reference }, NOW).raw();
    expect((await read(raw)).html).toContain('<p>Hello Reader 2</p>');
    const settled = claims.map(({ sequence, attempt }) => ({
      ...{ sequence, attempt, messageId: 'm' },
      state: 'accepted' as const,
    }));
    await ledger.deliveries.exchange(send.id, NOW, settled, { worker: 'b', limit: 0, leaseUntil: 0 });
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({
      queued: 0,
      claimed: 0,
      accepted: 6,
      unknown: 1,
    });
  });

  it('still knows who left, who was forgotten, who signed up, and what was approved', async () => {
    const ledger = await open(kind);
    const gone = new ForgottenKeys([SECRET]).hash('gone@example.com');
    const asked = ['left@example.com', 'reader7@example.com', gone, 'reader1@example.com'];
    expect(Object.fromEntries(await ledger.readers.suppressed(asked))).toEqual({
      'left@example.com': 'unsubscribed',
      'reader7@example.com': 'bounced',
      [gone]: 'unsubscribed',
    });
    expect(await ledger.readers.get('new@example.com')).toEqual({
      ...{ key: 'new@example.com', address: 'New@example.com', state: 'subscribed', source: 'form' },
      fields: { first_name: 'New', tags: 'weekly' },
      ...{ since: 1_700_000_000_000, confirmedAt: 1_700_000_007_000 },
    });
    expect(await ledger.approvals.get(4)).toMatchObject({ by: 'jane', at: 1_700_000_009_000 });
    const hold = await ledger.locks.acquire('due', 'other', 1_700_000_010_000, NOW);
    expect(hold).toEqual({ holder: 'elsewhere:1:a', leaseUntil: 1_700_000_189_000 });
  });
});

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}
