import { isOptOut, type OptOut } from '../audience/duplicates.js';
import { readSubscribers } from '../audience/subscriber.js';
import type { DeliveryStore } from '../ledger/delivery-store.js';
import type { Send } from '../ledger/send.js';
import { exists } from '../platform/files.js';

/** How many readers one query withdraws. Each query scans the whole queue. */
const BATCH = 20_000;

/**
 * Withdraws readers from a frozen send who have since opted out on the list. The list may be gone, because it was read
 * when the audience was frozen. A list that cannot be read stops the send, because it may contain opt-outs. If a single
 * row cannot be read, its readers are withdrawn too, because it may be an opt-out.
 * @returns how many readers were withdrawn
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
