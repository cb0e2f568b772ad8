import { resolve } from 'node:path';
import { usageError } from '../findings/error.js';
import { exists } from '../platform/files.js';
import type { Ledger } from './ledger.js';
import type { OpenOptions } from './open-options.js';
import { requireLocalDisk } from './sqlite/local-disk.js';

/** A kind of ledger: which addresses it answers to, and how to open one. */
interface LedgerKind {
  readonly schemes: readonly string[];
  /** @param root folder that relative paths are meant from. */
  open(url: string, root: string, options: OpenOptions): Promise<Ledger>;
}

const ledgerKinds: readonly LedgerKind[] = [
  {
    schemes: ['sqlite:'],
    open: async (url, root, { create, patienceMs }) => {
      const file = resolve(root, url.slice('sqlite:'.length));
      if (create) requireLocalDisk(file);
      return create || exists(file) ? openFile(file, patienceMs) : openEmpty();
    },
  },
  {
    schemes: ['postgres://', 'postgresql://'],
    open: async (url, root, options) => {
      const { openPostgres } = await import('./postgres/open.js');
      return (await openPostgres(url, root, options)) ?? openEmpty();
    },
  },
];

async function openFile(file: string, patienceMs?: number): Promise<Ledger> {
  const { openSqlite } = await import('./sqlite/open.js');
  return openSqlite(file, patienceMs);
}

/** Stands in for a ledger that does not exist. */
function openEmpty(): Promise<Ledger> {
  return openFile(':memory:');
}

/** @throws ObnError for an address that no kind of ledger answers to, and when it cannot be opened. */
export async function openLedger(url: string, root: string, options: OpenOptions): Promise<Ledger> {
  const kind = ledgerKinds.find(({ schemes }) => schemes.some((scheme) => hasScheme(url, scheme)));
  if (kind) return kind.open(url, root, options);
  const forms = ledgerKinds.flatMap(({ schemes }) => schemes.map((scheme) => `${scheme}…`)).join(' or ');
  throw usageError(
    `"${url.replace(/\/\/.*@/, '//…@')}" is not the address of a ledger`,
    `it has the form ${forms}`,
  );
}

/** The file in which a ledger is kept, and is gone with; undefined: a server keeps it. */
export function ledgerFile(url: string, root: string): string | undefined {
  return hasScheme(url, 'sqlite:') ? resolve(root, url.slice('sqlite:'.length)) : undefined;
}

/** Capitals make no other scheme (RFC 3986 section 3.1). */
function hasScheme(url: string, scheme: string): boolean {
  return url.slice(0, scheme.length).toLowerCase() === scheme;
}
