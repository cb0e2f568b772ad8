import { parseAddress } from '../audience/address.js';
import { findSubscriber } from '../audience/find.js';
import type { List } from '../check/check.js';
import { usageError } from '../findings/error.js';
import { somebody } from '../message/anybody.js';
import type { Addressee } from '../message/writer.js';

/** The reader of the list who has this address. @throws ObnError when nobody has. */
export async function readerAt(list: List, text: string): Promise<Addressee> {
  const found = await findReader(list, text);
  if (found) return found;
  throw usageError(
    `${text} is not on the list ${list.name}`,
    'name an address of the list, or another list with --list',
  );
}

/** The reader of the list who has this address, or undefined. */
export async function findReader(list: List, text: string): Promise<Addressee | undefined> {
  const { key } = addressOf(text);
  const found = list.columns && (await findSubscriber(list.path, list.name, key));
  return found && somebody(found);
}

/** @throws ObnError (usage) for what is no address that can be mailed. */
export function addressOf(text: string): { address: string; key: string } {
  const parsed = parseAddress(text);
  if ('problem' in parsed) throw usageError(`"${text}" is not an e-mail address that can be mailed`);
  return parsed;
}
