import { resolve } from 'node:path';
import { exists } from '../../platform/files.js';
import type { LedgerKind } from '../kind.js';
import type { Ledger } from '../ledger.js';
import { requireLocalDisk } from './local-disk.js';

const SCHEME = 'sqlite:';

export const sqlite: LedgerKind = {
  name: 'sqlite',
  schemes: [SCHEME],
  file: fileOf,
  async open(url, root, { create, patienceMs }) {
    const file = fileOf(url, root);
    if (create) requireLocalDisk(file);
    return create || exists(file) ? openFile(file, patienceMs) : undefined;
  },
};

function fileOf(url: string, root: string): string {
  return resolve(root, url.slice(SCHEME.length));
}

async function openFile(file: string, patienceMs?: number): Promise<Ledger> {
  const { openSqlite } = await import('./open.js');
  return openSqlite(file, patienceMs);
}

/** An empty ledger in memory, used in place of a missing one. */
export function openEmpty(): Promise<Ledger> {
  return openFile(':memory:');
}
