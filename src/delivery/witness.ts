import type { DeliveryStore } from '../ledger/delivery-store.js';
import type { Send } from '../ledger/send.js';

/**
 * A record of a live send outside the ledger: its identity and how far it got. It contains no addresses.
 * A ledger that has less was lost, or is an older copy or another ledger.
 */
export interface Witness {
  readonly issue: number;
  readonly send: number;
  readonly createdAt: number;
  readonly audienceDigest: string;
  /** How often ended deliveries were put back into the queue. */
  readonly retries: number;
  /** Every handed-over delivery has a lower sequence. */
  readonly reached: number;
  /** The minimum number of handed-over deliveries. */
  readonly handedOver: number;
  /** The latest claim, as sequence and attempt; null: the handed-over deliveries have become `unknown`. */
  readonly last: readonly [sequence: number, attempt: number] | null;
  /** The ledger, without its password. */
  readonly ledger: string;
  readonly worker: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether a person declared the ledger to be new. Only this issue is then blocked. */
  readonly accepted: boolean;
}

/** A contradiction between a ledger and a witness. */
export interface Contradiction {
  readonly witness: Witness;
  /** `missing`: the send is not in the ledger; `other`: another send is; `behind`: the ledger has fewer deliveries. */
  readonly kind: 'missing' | 'other' | 'behind';
  /** The send of the issue in the ledger. */
  readonly send: Send | undefined;
}

/** Compares a ledger with witnesses. @returns where the ledger has less */
export async function contradictions(
  deliveries: DeliveryStore,
  witnesses: readonly Witness[],
): Promise<Contradiction[]> {
  const found: Contradiction[] = [];
  for (const witness of witnesses) {
    const send = await deliveries.find(witness.issue, 'live');
    const kind = await contradiction(deliveries, send, witness);
    if (kind) found.push({ witness, kind, send });
  }
  return found;
}

async function contradiction(
  deliveries: DeliveryStore,
  send: Send | undefined,
  witness: Witness,
): Promise<Contradiction['kind'] | undefined> {
  if (!send) return 'missing';
  if (!isSameSend(send, witness)) return 'other';
  if (send.retries < witness.retries) return 'behind';
  if (witness.last) {
    const [sequence, attempt] = witness.last;
    const known = await deliveries.attempt(send.id, sequence);
    if (known !== undefined && known < attempt) return 'behind';
  }
  // A reader who was deferred and then unsubscribed is no longer in the ledger.
  const withdrawn = Object.values(send.audience.withdrawn ?? {}).reduce((sum, count) => sum + count, 0);
  return (await deliveries.handedOver(send.id)) + withdrawn < witness.handedOver ? 'behind' : undefined;
}

/** Whether a witness is about this send. Ids start again in a new ledger. */
export function isSameSend(
  send: Pick<Send, 'id' | 'createdAt' | 'audienceDigest'>,
  witness: Pick<Witness, 'send' | 'createdAt' | 'audienceDigest'>,
): boolean {
  return (
    send.id === witness.send &&
    send.createdAt === witness.createdAt &&
    send.audienceDigest === witness.audienceDigest
  );
}
