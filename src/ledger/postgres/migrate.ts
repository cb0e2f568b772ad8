import { configurationError } from '../../findings/error.js';
import type { Database } from './database.js';
import type { Session } from './session.js';

/** An arbitrary number for the lock. */
const LOCK = 0x6f626e;

// Reads the catalogs, because to_regclass may not see a table that another session has just created.
const THERE = `
  select exists (select from pg_catalog.pg_class join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'obn' and relname = 'migration') as there`;
const VERSION = 'select coalesce(max(number), 0) as number from obn.migration';
const INSERT = 'insert into obn.migration (number) values ($1)';
const SCHEMA_THERE = `select exists (select from pg_catalog.pg_namespace where nspname = 'obn') as there`;

/** How many migrations a database has; undefined: it is not a ledger yet. */
export async function versionOf(session: Session): Promise<number | undefined> {
  if (!(await isThere(session, THERE))) return undefined;
  return (await session.all<{ number: number }>(VERSION, []))[0]?.number ?? 0;
}

/** Runs all migrations. Of several processes, one runs them and the others wait. */
export async function migrate(database: Database, steps: readonly string[]): Promise<void> {
  await database.transaction(async (session) => {
    await session.all('select pg_advisory_xact_lock($1)', [LOCK]);
    const done = await versionOf(session);
    if (done === undefined) {
      // A role that may not create schemas gets an error even if the schema exists.
      if (!(await isThere(session, SCHEMA_THERE))) await session.execute('create schema obn');
      await session.execute(
        'create table obn.migration (number integer primary key, at timestamptz not null default now())',
      );
    }
    for (const [index, step] of [...steps.entries()].slice(done ?? 0)) {
      await session.run(INSERT, index + 1);
      await session.execute(step);
    }
  });
}

/** @throws ObnError for a database of a newer or an older version of obn */
export function requireVersion(label: string, version: number, steps: readonly string[]): void {
  if (version > steps.length) {
    throw configurationError(`the ledger ${label} was made by a newer version of obn`, {
      hint: 'update obn',
    });
  }
  if (version < steps.length) {
    throw configurationError(`the ledger ${label} was made by an older version of obn`, {
      hint: 'run `obn send` to update it; commands that only read do not change it',
    });
  }
}

async function isThere(session: Session, question: string): Promise<boolean> {
  return (await session.all<{ there: boolean }>(question, []))[0]?.there ?? false;
}
