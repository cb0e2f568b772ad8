import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { FrozenRecipient } from '../../src/ledger/delivery.js';
import type { LedgerKind } from '../../src/ledger/kind.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { FreezeHeader } from '../../src/ledger/send.js';
import { ledgerKinds, openLedger } from '../../src/ledger/table.js';
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

/** How to make an empty ledger of each kind that a server keeps. */
const servers: Record<string, () => LedgerPlace> = {
  postgres: () => {
    const url = server.createDatabase();
    return {
      open: async () => openLedger(await url, '/', { create: true }),
      run: async (sql) => void (await server.ask(await url, `set search_path = obn; ${sql}`)),
    };
  },
};

/** How to make an empty ledger of each kind in the table. A kind in a file is taken for a database of SQLite. */
export const kinds: Record<string, () => LedgerPlace> = Object.fromEntries(
  ledgerKinds.map((kind) => [kind.name, () => (kind.file ? inFile(kind) : onServer(kind))]),
);

function inFile({ schemes: [scheme], file }: LedgerKind): LedgerPlace {
  const folder = mkdtempSync(join(tmpdir(), 'obn-ledger-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const url = `${scheme}ledger.db`;
  return {
    open: () => openLedger(url, folder, { create: true }),
    run: async (sql) => {
      const database = new Libsql(file?.(url, folder) ?? '');
      database.exec(sql);
      database.close();
    },
  };
}

function onServer({ name }: LedgerKind): LedgerPlace {
  const place = servers[name]?.();
  if (!place) throw new Error(`tests do not know how to make an empty ledger of the kind ${name}`);
  return place;
}

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
