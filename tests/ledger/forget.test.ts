import { readdirSync, readFileSync } from 'node:fs';
import Libsql from 'libsql';
import { expect, it } from 'vitest';
import { openSqlite } from '../../src/ledger/sqlite/open.js';
import { claimFor, HEADER, recipients, result } from '../contracts/ledgers.js';
import { makeNewsletter } from '../support/newsletter.js';

it('leaves no byte of a forgotten reader in the file', async () => {
  const { path } = makeNewsletter();
  const folder = path('.obn');
  const ledger = await openSqlite(path('.obn', 'ledger.db'));
  const { send } = await ledger.deliveries.freeze(HEADER, recipients(300), result(300));
  const key = 'r1@example.com';
  await ledger.readers.save({
    ...{ key, address: key, state: 'subscribed', fields: {}, source: 'form', since: 1, confirmedAt: 1 },
  });
  await ledger.readers.suppress(key, 'unsubscribed', 'test', 1);
  const claims = await ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 300));
  const answers = claims.map(({ sequence, attempt, address }) => ({
    ...({ sequence, attempt, state: 'rejected', code: '550', reason: `no ${address} here` } as const),
  }));
  await ledger.deliveries.exchange(send.id, 2, answers, claimFor('a:1', 0));
  expect(bytes(folder)).toContain(key);
  await ledger.readers.forget(key, 'hash:1', 3);
  await ledger.close();
  expect(bytes(folder)).not.toContain(key);
  expect(bytes(folder)).toContain('r2@example.com');
});

it('leaves nothing of earlier states of a delivery', async () => {
  const { path } = makeNewsletter();
  const folder = path('.obn');
  const ledger = await openSqlite(path('.obn', 'ledger.db'));
  const { send } = await ledger.deliveries.freeze(HEADER, recipients(300), result(300));
  for (let turn = 1; turn <= 30; turn++) {
    const claims = await ledger.deliveries.exchange(
      send.id,
      turn,
      [],
      claimFor(`worker-${'x'.repeat(turn)}:1`, 10),
    );
    const answers = claims.map(({ sequence, attempt, address }) => {
      const reason = `no ${address} here`.repeat(1 + (sequence % 5));
      return { ...({ sequence, attempt, state: 'rejected', code: '550', reason } as const) };
    });
    await ledger.deliveries.exchange(send.id, turn, answers, claimFor('a:1', 0));
  }
  const keys = Array.from({ length: 300 }, (_, index) => `r${index}@example.com`);
  for (const key of keys.slice(100, 140)) await ledger.readers.forget(key, `hash:${key.length}`, 99);
  await ledger.close();
  const left = bytes(folder);
  expect(keys.filter((key) => !left.includes(key))).toEqual(keys.slice(100, 140));
});

it('reports a program that still reads the file, and finishes the next time', async () => {
  const { path } = makeNewsletter();
  const ledger = await openSqlite(path('.obn', 'ledger.db'));
  await ledger.deliveries.freeze(HEADER, recipients(300), result(300));
  const reader = new Libsql(path('.obn', 'ledger.db'));
  reader.exec('begin');
  reader.prepare('select count(*) from delivery').all();
  await expect(ledger.readers.forget('r1@example.com', 'hash:1', 3)).rejects.toThrow(
    /is still in free space of .*ledger\.db: another program has locked it for too long/,
  );
  expect(await ledger.readers.suppressed(['hash:1'])).toEqual(new Map([['hash:1', 'unsubscribed']]));
  reader.exec('commit');
  reader.close();
  expect(await ledger.readers.forget('r1@example.com', 'hash:1', 4)).toEqual({ deliveries: 0 });
  expect(bytes(path('.obn'))).not.toContain('r1@example.com');
  await ledger.close();
});

function bytes(folder: string): string {
  return readdirSync(folder)
    .map((file) => readFileSync(`${folder}/${file}`, 'latin1'))
    .join('');
}
