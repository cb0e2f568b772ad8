import type { OptOut } from '../audience/duplicates.js';
import { FORGOTTEN, type ReaderStore } from '../ledger/reader-store.js';
import { ForgottenKeys } from '../message/forgotten.js';

/** Which of these keys are suppressed, and why. */
export type Suppressed = (keys: readonly string[]) => Promise<ReadonlyMap<string, OptOut>>;

export interface SuppressionSources {
  readonly ledger: Pick<ReaderStore, 'suppressed' | 'suppressions'>;
  /** The unsubscribe secrets, which identify forgotten readers. */
  readonly secrets: readonly string[];
  /** Addresses that the provider suppresses. */
  readonly provider?: ReadonlyMap<string, OptOut> | undefined;
}

/**
 * Looks up suppressions in the ledger and at the provider. Keyed hashes are expensive, so they are computed only if
 * there are forgotten readers.
 */
export async function suppressionLookup({
  ledger,
  secrets,
  provider,
}: SuppressionSources): Promise<Suppressed> {
  const forgotten = (await hasForgotten(ledger)) ? new ForgottenKeys(secrets) : undefined;
  return async (keys) => {
    const gone = new Map<string, OptOut>();
    for (const key of keys) {
      const reason = provider?.get(key);
      if (reason) gone.set(key, reason);
    }
    const owners = new Map<string, string>();
    for (const key of keys) for (const form of forgotten?.forms(key) ?? []) owners.set(form, key);
    const known = await ledger.suppressed([...keys, ...owners.keys()]);
    for (const [form, reason] of known) gone.set(owners.get(form) ?? form, reason);
    return gone;
  };
}

async function hasForgotten(ledger: Pick<ReaderStore, 'suppressions'>): Promise<boolean> {
  for await (const _ of ledger.suppressions(FORGOTTEN)) return true;
  return false;
}

/** How many readers were forgotten with a secret that is no longer configured. They could be mailed again. */
export async function unrecognised(
  ledger: Pick<ReaderStore, 'suppressions'>,
  secrets: readonly string[],
): Promise<number> {
  const keys = new ForgottenKeys(secrets);
  let count = 0;
  for await (const { key } of ledger.suppressions(FORGOTTEN)) if (!keys.recognises(key)) count += 1;
  return count;
}
