import { readSubscribers, type Subscriber } from './subscriber.js';

/** The first row of the list with this address key. */
export async function findSubscriber(
  path: string,
  name: string,
  key: string,
): Promise<Subscriber | undefined> {
  for await (const rows of readSubscribers(path, name)) {
    for (const row of rows) if ('key' in row && row.key === key) return row;
  }
  return undefined;
}

/**
 * The first rows whose address or name contains the text, ignoring case.
 * @param signal stops the search of a long list
 */
export async function searchSubscribers(
  path: string,
  name: string,
  text: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Subscriber[]> {
  const wanted = text.trim().toLowerCase();
  const found: Subscriber[] = [];
  for await (const rows of readSubscribers(path, name)) {
    if (signal?.aborted) break;
    for (const row of rows) {
      if (!('key' in row) || !matches(row, wanted)) continue;
      found.push(row);
      if (found.length === limit) return found;
    }
  }
  return found;
}

function matches({ key, address, fields }: Subscriber, wanted: string): boolean {
  const { first_name = '', last_name = '' } = fields;
  return [key, address, `${first_name} ${last_name}`].some((one) => one.toLowerCase().includes(wanted));
}
