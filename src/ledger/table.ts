import { usageError } from '../findings/error.js';
import type { LedgerKind } from './kind.js';
import type { Ledger } from './ledger.js';
import type { OpenOptions } from './open-options.js';
import { postgres } from './postgres/kind.js';
import { openEmpty, sqlite } from './sqlite/kind.js';

/** Every kind of ledger. */
export const ledgerKinds: readonly LedgerKind[] = [sqlite, postgres];

/** Opens a ledger. @throws ObnError if the address has an unknown form, or the ledger cannot be opened */
export async function openLedger(url: string, root: string, options: OpenOptions): Promise<Ledger> {
  const kind = kindOf(url);
  if (kind) return (await kind.open(url, root, options)) ?? openEmpty();
  throw usageError(
    `"${url.replace(/\/\/.*@/, '//…@')}" is not the address of a ledger`,
    `use the form ${ledgerKinds.flatMap(formsOf).join(' or ')}`,
  );
}

/** The file of a ledger; undefined if it is on a server. */
export function ledgerFile(url: string, root: string): string | undefined {
  return kindOf(url)?.file?.(url, root);
}

/** The form of an address that several machines, or temporary ones, can share. */
export function sharedLedgerForm(): string {
  return ledgerKinds.filter(({ file }) => !file).flatMap(formsOf)[0] ?? '';
}

/** A scheme is not case-sensitive (RFC 3986 section 3.1). */
function kindOf(url: string): LedgerKind | undefined {
  const has = (scheme: string) => url.slice(0, scheme.length).toLowerCase() === scheme;
  return ledgerKinds.find(({ schemes }) => schemes.some(has));
}

const formsOf = ({ schemes }: LedgerKind) => schemes.map((scheme) => `${scheme}…`);
