import { addressOf } from '../campaign/reader-lookup.js';
import { usageError } from '../findings/error.js';
import { backUp } from './list-files.js';
import type { ListSession } from './list-session.js';
import { countRows, removeRows } from './remove-rows.js';

/** A planned removal. */
export interface RemovalPlan {
  readonly address: string;
  /** How many rows of the list have this address. */
  readonly rows: number;
  apply(): Promise<{
    readonly removed: number;
    /** The backup of the list, by its path within the newsletter. */
    readonly backup: string | undefined;
  }>;
}

/**
 * Plans to remove the rows of an address from the list, and its reader from the ledger.
 * @throws ObnError (usage) if the address is in neither
 */
export async function planRemoval(session: ListSession, written: string): Promise<RemovalPlan> {
  const { source, ledger } = session;
  const { address, key } = addressOf(written);
  const rows = await countRows(source.path, source.name, key);
  const reader = await ledger.readers.get(key);
  const isReader = reader !== undefined && reader.state !== 'unsubscribed';
  if (rows === 0 && !isReader) throw usageError(`${address} is not in ${source.name}`);
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
