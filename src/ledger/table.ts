import { resolve } from 'node:path';
import { usageError } from '../findings/error.js';
import { exists } from '../platform/files.js';
import type { Ledger } from './ledger.js';

/** A kind of ledger: which addresses it answers to, and how to open one. */
interface LedgerKind {
  readonly scheme: string;
  /**
   * @param root folder that relative paths are meant from.
   * @param create whether a ledger that does not exist is made; otherwise an empty one stands in for it.
   */
  open(url: string, root: string, create: boolean): Promise<Ledger>;
}

const ledgerKinds: readonly LedgerKind[] = [
  {
    scheme: 'sqlite:',
    open: async (url, root, create) => {
      const { SqliteLedger } = await import('./sqlite/sqlite.js');
      const file = resolve(root, url.slice('sqlite:'.length));
      return SqliteLedger.open(create || exists(file) ? file : ':memory:');
    },
  },
];

/** @throws ObnError for an address that no kind of ledger answers to, and when it cannot be opened. */
export async function openLedger(
  url: string,
  root: string,
  { create }: { create: boolean },
): Promise<Ledger> {
  const kind = ledgerKinds.find(({ scheme }) => url.startsWith(scheme));
  if (kind) return kind.open(url, root, create);
  const forms = ledgerKinds.map(({ scheme }) => `${scheme}…`).join(' or ');
  throw usageError(
    `"${url.replace(/\/\/.*@/, '//…@')}" is not the address of a ledger`,
    `it has the form ${forms}`,
  );
}

/** The file in which a ledger is kept, and is gone with; undefined: a server keeps it. */
export function ledgerFile(url: string, root: string): string | undefined {
  return url.startsWith('sqlite:') ? resolve(root, url.slice('sqlite:'.length)) : undefined;
}
