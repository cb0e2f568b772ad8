import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SqliteLedger } from '../../src/ledger/sqlite/sqlite.js';
import { claimFor, HEADER, recipients, result } from '../contracts/ledgers.js';
import { makeNewsletter } from '../support/newsletter.js';

it('leaves no byte of who is forgotten in the file', async () => {
  const { path } = makeNewsletter();
  const folder = path('.obn');
  const ledger = await SqliteLedger.open(path('.obn', 'ledger.db'));
  const { send } = await ledger.freeze(HEADER, recipients(300), result(300));
  const key = 'r1@example.com';
  await ledger.saveReader({
    ...{ key, address: key, state: 'subscribed', fields: {}, source: 'form', since: 1, confirmedAt: 1 },
  });
  await ledger.suppress(key, 'unsubscribed', 'test', 1);
  const claims = await ledger.exchange(send.id, 1, [], claimFor('a:1', 300));
  const answers = claims.map(({ sequence, attempt, address }) => ({
    ...({ sequence, attempt, state: 'rejected', code: '550', reason: `no ${address} here` } as const),
  }));
  await ledger.exchange(send.id, 2, answers, claimFor('a:1', 0));
  expect(bytes(folder)).toContain(key);
  await ledger.forget(key, 'hash:1', 3);
  await ledger.close();
  expect(bytes(folder)).not.toContain(key);
  expect(bytes(folder)).toContain('r2@example.com');
});

function bytes(folder: string): string {
  return readdirSync(folder)
    .map((file) => readFileSync(`${folder}/${file}`, 'latin1'))
    .join('');
}
