import { parseAddress } from '../audience/address.js';
import { findSubscriber } from '../audience/find.js';
import type { List } from '../check/check.js';
import { usageError } from '../findings/error.js';
import { somebody } from '../message/anybody.js';
import type { Addressee } from '../message/writer.js';

/** The subscriber with this address. @throws ObnError if there is none */
export async function readerAt(list: List, text: string): Promise<Addressee> {
  const found = await findReader(list, text);
  if (found) return found;
  throw usageError(
    `${text} is not in ${list.name}`,
    'use an address on the list, or another list with --list',
  );
}

/** The subscriber with this address, or undefined. */
export async function findReader(list: List, text: string): Promise<Addressee | undefined> {
  const { key } = addressOf(text);
  const found = list.columns && (await findSubscriber(list.path, list.name, key));
  return found && somebody(found);
}

/** @throws ObnError (usage) if the text is not an address that can be mailed */
export function addressOf(text: string): { address: string; key: string } {
  const parsed = parseAddress(text);
  if ('problem' in parsed) throw usageError(`"${text}" is not a valid email address`);
  return parsed;
}
