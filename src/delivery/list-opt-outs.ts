import { isOptOut, type OptOut } from '../audience/duplicates.js';
import { readSubscribers } from '../audience/subscriber.js';
import type { DeliveryStore } from '../ledger/delivery-store.js';
import type { Send } from '../ledger/send.js';
import { exists } from '../platform/files.js';

/** Each of them looks at the whole queue once. */
const BATCH = 20_000;

/**
 * Takes those out of the queue of a frozen send who have opted out on the list since. The list may be gone: it was read
 * when the audience was frozen. One that cannot be read stops the send, as nobody knows then who has left. Where a single
 * row cannot be read, the readers whom it names are taken out, too, as it may say that they left.
 * @returns how many readers were taken out
 */
export async function withdrawOptOuts(
  list: { readonly path: string; readonly name: string },
  deliveries: Pick<DeliveryStore, 'withdraw'>,
  send: Send,
): Promise<number> {
  if (!exists(list.path)) return 0;
  let count = 0;
  let optOuts = new Map<string, OptOut | 'unclear'>();
  for await (const rows of readSubscribers(list.path, list.name)) {
    for (const row of rows) {
      if (!('key' in row)) for (const key of row.doubts ?? []) optOuts.set(key, 'unclear');
      else if (isOptOut(row.status)) optOuts.set(row.key, row.status);
    }
    if (optOuts.size < BATCH) continue;
    count += await deliveries.withdraw(send, optOuts);
    optOuts = new Map();
  }
  return optOuts.size === 0 ? count : count + (await deliveries.withdraw(send, optOuts));
}
