import type { Failure } from '../ledger/delivery.js';
import type { DeliveryStore } from '../ledger/delivery-store.js';

/** How many failures are shown. The report file has all of them. */
const NAMED = 20;

/** The first deliveries that were not accepted, in the order of the list. */
export interface FirstFailures {
  readonly failures: readonly Failure[];
  /** How many more there are. */
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
