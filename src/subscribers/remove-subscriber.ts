import { addressOf } from '../campaign/reader-lookup.js';
import { usageError } from '../findings/error.js';
import { backUp } from './list-files.js';
import type { ListSession } from './list-session.js';
import { countRows, removeRows } from './remove-rows.js';

/** A removal that has not happened yet. */
export interface RemovalPlan {
  readonly address: string;
  /** How many rows of the list are of this address. */
  readonly rows: number;
  apply(): Promise<{
    readonly removed: number;
    /** The copy of the list as it was, by its path within the newsletter. */
    readonly backup: string | undefined;
  }>;
}

/**
 * Plans to take the rows of an address out of the list, and its reader out of the ledger.
 * @throws ObnError (usage) for an address that is in neither.
 */
export async function planRemoval(session: ListSession, written: string): Promise<RemovalPlan> {
  const { source, ledger } = session;
  const { address, key } = addressOf(written);
  const rows = await countRows(source.path, source.name, key);
  const reader = await ledger.readers.get(key);
  const isReader = reader !== undefined && reader.state !== 'unsubscribed';
  if (rows === 0 && !isReader) throw usageError(`${address} is not on the list ${source.name}`);
  return {
    address,
    rows,
    async apply() {
      const backup = rows > 0 ? await backUp(session) : undefined;
      const removed = await removeRows(source.path, source.name, key);
      if (isReader) await ledger.readers.save({ ...reader, state: 'unsubscribed' });
      return { removed, backup };
    },
  };
}
