import type { Choices } from '../audience/choices.js';
import { NO_LINE, type Subscriber, tagsOf } from '../audience/subscriber.js';
import type { Reader, ReaderStore } from '../ledger/reader-store.js';

const BATCH = 500;

/** The readers of the ledger who confirmed before a given time, as rows of a list, in batches. */
export async function* ledgerSubscribers(
  store: Pick<ReaderStore, 'list'>,
  until: number,
): AsyncGenerator<Subscriber[]> {
  let batch: Subscriber[] = [];
  for await (const reader of store.list('subscribed')) {
    if (reader.confirmedAt === null || reader.confirmedAt > until) continue;
    batch.push(subscriberOf(reader));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The topics that these readers chose, if they chose any. */
export async function choicesOf(
  store: Pick<ReaderStore, 'getAll'>,
  keys: readonly string[],
): Promise<Choices> {
  const readers = await store.getAll(keys);
  const chosen = [...readers].filter(([, { fields }]) => fields.tags !== undefined);
  return new Map(chosen.map(([key, { fields }]) => [key, tagsOf(fields)]));
}

function subscriberOf({ key, address, fields }: Reader): Subscriber {
  const values = { ...fields, email: address };
  return { line: NO_LINE, address, key, status: 'subscribed', tags: tagsOf(fields), fields: values };
}
