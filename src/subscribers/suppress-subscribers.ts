import { addressOf } from '../campaign/reader-lookup.js';
import type { SuppressionReason } from '../ledger/reader-store.js';
import { ForgottenKeys } from '../message/forgotten.js';
import type { ListSession } from './list-session.js';

/** Why an address can be suppressed. */
export const SUPPRESSION_REASONS = [
  'unsubscribed',
  'bounced',
  'complained',
] as const satisfies readonly SuppressionReason[];

/** The state of an address afterwards. */
export interface SuppressionResult {
  readonly address: string;
  /** Why it is never mailed; null: it may be mailed. */
  readonly reason: SuppressionReason | null;
  readonly changed: boolean;
}

interface Person {
  readonly address: string;
  readonly key: string;
}

/** Suppresses addresses, so that they are never mailed, even if they are on the list. @throws ObnError for an invalid address */
export function suppressSubscribers(
  session: ListSession,
  addresses: readonly string[],
  reason: SuppressionReason,
): Promise<SuppressionResult[]> {
  return each(addresses, (person) => suppress(session, person, reason));
}

/** Ends suppressions. @throws ObnError for an invalid address */
export function liftSuppressions(
  session: ListSession,
  addresses: readonly string[],
): Promise<SuppressionResult[]> {
  return each(addresses, (person) => lift(session, person));
}

async function each(
  addresses: readonly string[],
  work: (person: Person) => Promise<Omit<SuppressionResult, 'address'>>,
): Promise<SuppressionResult[]> {
  const people = addresses.map(addressOf);
  const results: SuppressionResult[] = [];
  for (const person of people) results.push({ address: person.address, ...(await work(person)) });
  return results;
}

async function suppress({ host, ledger }: ListSession, { key }: Person, reason: SuppressionReason) {
  const since = host.clock.now();
  const changed = (await ledger.readers.suppressAll([{ key, reason, source: 'operator', since }])) > 0;
  return { reason: (await ledger.readers.suppressed([key])).get(key) ?? reason, changed };
}

/**
 * Ends a suppression; for a forgotten reader, that of the keyed hash. If a reader unsubscribed before their address
 * bounced, they stay unsubscribed, because a working address is no consent.
 */
async function lift({ host, ledger, source }: ListSession, { key }: Person) {
  const now = host.clock.now();
  const forms = [key, ...new ForgottenKeys(source.secrets).forms(key)];
  const reasons = new Set((await ledger.readers.suppressed(forms)).values());
  let changed = false;
  for (const form of forms)
    changed = (await ledger.readers.unsuppress(form, now, SUPPRESSION_REASONS)) || changed;
  const reader = await ledger.readers.get(key);
  if (!changed || reader?.state !== 'unsubscribed') return { reason: null, changed };
  if (!reasons.has('unsubscribed')) {
    await ledger.readers.suppress(key, 'unsubscribed', 'operator', now);
    return { reason: 'unsubscribed' as const, changed };
  }
  if (reader.confirmedAt !== null) await ledger.readers.save({ ...reader, state: 'subscribed' });
  return { reason: null, changed };
}
