import { usageError } from '../findings/error.js';
import type { LedgerKind } from './kind.js';
import type { Ledger } from './ledger.js';
import type { OpenOptions } from './open-options.js';
import { postgres } from './postgres/kind.js';
import { openEmpty, sqlite } from './sqlite/kind.js';

/** Every kind of ledger. A new one is its folder and an entry here. */
export const ledgerKinds: readonly LedgerKind[] = [sqlite, postgres];

/** @throws ObnError for an address that no kind of ledger answers to, and when it cannot be opened. */
export async function openLedger(url: string, root: string, options: OpenOptions): Promise<Ledger> {
  const kind = kindOf(url);
  if (kind) return (await kind.open(url, root, options)) ?? openEmpty();
  throw usageError(
    `"${url.replace(/\/\/.*@/, '//…@')}" is not the address of a ledger`,
    `it has the form ${ledgerKinds.flatMap(formsOf).join(' or ')}`,
  );
}

/** The file in which a ledger is kept, and is gone with; undefined: a server keeps it. */
export function ledgerFile(url: string, root: string): string | undefined {
  return kindOf(url)?.file?.(url, root);
}

/** The form of an address at which several machines, or one that comes and goes, find the same ledger. */
export function sharedLedgerForm(): string {
  return ledgerKinds.filter(({ file }) => !file).flatMap(formsOf)[0] ?? '';
}

/** Capitals make no other scheme (RFC 3986 section 3.1). */
function kindOf(url: string): LedgerKind | undefined {
  const has = (scheme: string) => url.slice(0, scheme.length).toLowerCase() === scheme;
  return ledgerKinds.find(({ schemes }) => schemes.some(has));
}

const formsOf = ({ schemes }: LedgerKind) => schemes.map((scheme) => `${scheme}…`);
