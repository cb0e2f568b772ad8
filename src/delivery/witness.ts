import type { DeliveryStore } from '../ledger/delivery-store.js';
import type { Send } from '../ledger/send.js';

/**
 * What is known outside of the ledger of a live send: which one it is, and how far it has gone. It has no addresses in
 * it. A ledger that knows less was lost, or is an older copy, or is another ledger.
 */
export interface Witness {
  readonly issue: number;
  readonly send: number;
  readonly createdAt: number;
  readonly audienceDigest: string;
  /** How often deliveries that had ended were put back into the queue. */
  readonly retries: number;
  /** Every delivery that was handed over has a lower sequence. */
  readonly reached: number;
  /** How many deliveries were handed over, at least. */
  readonly handedOver: number;
  /** The delivery that was claimed last, as sequence and attempt; null: what was handed over is unknown by now. */
  readonly last: readonly [sequence: number, attempt: number] | null;
  /** The ledger, without its password. */
  readonly ledger: string;
  readonly worker: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether a person has accepted that the ledger does not know this send; only its own issue is held back then. */
  readonly accepted: boolean;
}

/** What is wrong with a ledger, by one witness. */
export interface Contradiction {
  readonly witness: Witness;
  /** `missing`: it does not know the send; `other`: it has another one; `behind`: it knows less of it. */
  readonly kind: 'missing' | 'other' | 'behind';
  /** What the ledger has of the issue. */
  readonly send: Send | undefined;
}

/** Compares a ledger with what witnesses say. @returns where the ledger knows less */
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
  // Who was handed over, put off and then unsubscribed is in the record no more.
  const withdrawn = Object.values(send.audience.withdrawn ?? {}).reduce((sum, count) => sum + count, 0);
  return (await deliveries.handedOver(send.id)) + withdrawn < witness.handedOver ? 'behind' : undefined;
}

/** Whether a witness speaks of this send; numbers begin anew in a new ledger. */
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
