import { findDuplicates } from './duplicates.js';
import { selectRecipients } from './select.js';
import { readSubscribers, type Subscriber } from './subscriber.js';

/** The subscribers on a list, or in a segment, who can be mailed according to the list. */
export async function* listRecipients(
  path: string,
  name: string,
  segment?: (subscriber: Subscriber) => boolean,
): AsyncGenerator<Subscriber[]> {
  const rows = () => readSubscribers(path, name);
  const options = { repeats: await findDuplicates(rows()), suppressed: async () => new Map(), segment };
  for await (const batch of selectRecipients(rows(), options)) {
    yield batch.flatMap((row) => ('reason' in row ? [] : [row]));
  }
}
