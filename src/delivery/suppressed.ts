import type { OptOut } from '../audience/duplicates.js';
import { FORGOTTEN, type ReaderStore } from '../ledger/reader-store.js';
import { ForgottenKeys } from '../message/forgotten.js';

/** Who of these is known to be gone, by the address as it is compared. */
export type Suppressed = (keys: readonly string[]) => Promise<ReadonlyMap<string, OptOut>>;

export interface SuppressionSources {
  readonly ledger: Pick<ReaderStore, 'suppressed' | 'suppressions'>;
  /** Those of the unsubscribe links: who is forgotten is found with them alone. */
  readonly secrets: readonly string[];
  /** Whom the provider itself mails nothing. */
  readonly provider?: ReadonlyMap<string, OptOut> | undefined;
}

/**
 * Asks all who know that somebody is gone. The keyed hashes cost more than everything else, so they are made only where
 * somebody has been forgotten at all.
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

/** How many people were forgotten with a secret that is not known any more, and so could be mailed again. */
export async function unrecognised(
  ledger: Pick<ReaderStore, 'suppressions'>,
  secrets: readonly string[],
): Promise<number> {
  const keys = new ForgottenKeys(secrets);
  let count = 0;
  for await (const { key } of ledger.suppressions(FORGOTTEN)) if (!keys.recognises(key)) count += 1;
  return count;
}
