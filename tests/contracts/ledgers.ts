import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { FrozenRecipient } from '../../src/ledger/delivery.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { FreezeHeader } from '../../src/ledger/send.js';
import { openLedger } from '../../src/ledger/table.js';
import { message } from '../message/messages.js';
import { PostgresServer } from '../support/postgres/server.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

interface LedgerPlace {
  /** Opens the ledger, also a second time, as another process would. */
  open(): Promise<Ledger>;
  /** Runs SQL in its database. */
  run(sql: string): Promise<void>;
}

/** How to make an empty ledger of each kind. */
export const kinds: Record<string, () => LedgerPlace> = {
  sqlite: () => {
    const folder = mkdtempSync(join(tmpdir(), 'obn-ledger-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return {
      open: () => openLedger('sqlite:ledger.db', folder, { create: true }),
      run: async (sql) => {
        const database = new Libsql(join(folder, 'ledger.db'));
        database.exec(sql);
        database.close();
      },
    };
  },
  postgres: () => {
    const url = server.createDatabase();
    return {
      open: async () => openLedger(await url, '/', { create: true }),
      run: async (sql) => void (await server.ask(await url, `set search_path = obn; ${sql}`)),
    };
  },
};

export const HEADER: FreezeHeader = {
  issue: 3,
  channel: 'live',
  transport: 'ses',
  message: message(),
  digest: 'd',
  now: 1_000,
};

export async function* recipients(count: number): AsyncGenerator<FrozenRecipient[]> {
  for (let index = 0; index < count; index++) {
    const key = `r${index}@example.com`;
    yield [
      { key, address: key, name: `R${index}`, reference: `ref${index}`, fields: { email: key, n: 'é "' } },
    ];
  }
}

export const result = (eligible: number) => () => ({
  audience: { listed: eligible, eligible, excluded: {} },
  audienceDigest: 'a',
});

export const claimFor = (worker: string, limit: number) => ({ worker, limit, leaseUntil: 5_000 });

/** A ledger of a kind in which issue 3 is frozen for so many; `open` opens it again, as another process would. */
export async function frozenLedger(kind: string, count: number) {
  const { open } = (kinds[kind] as () => LedgerPlace)();
  const ledger = await open();
  onTestFinished(() => ledger.close());
  const { send } = await ledger.deliveries.freeze(HEADER, recipients(count), result(count));
  return { ledger, send, open };
}
