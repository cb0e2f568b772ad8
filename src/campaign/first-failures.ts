import type { Failure } from '../ledger/delivery.js';
import type { DeliveryStore } from '../ledger/delivery-store.js';

/** So many are named to a person; a report file has all. */
const NAMED = 20;

/** The first deliveries that were not accepted, in the order of the list. */
export interface FirstFailures {
  readonly failures: readonly Failure[];
  /** How many there are besides. */
  readonly more: number;
}

export async function firstFailures(
  ledger: Pick<DeliveryStore, 'failures'>,
  send: number,
): Promise<FirstFailures> {
  const failures: Failure[] = [];
  let more = 0;
  for await (const failure of ledger.failures(send)) {
    if (failures.length < NAMED) failures.push(failure);
    else more += 1;
  }
  return { failures, more };
}
