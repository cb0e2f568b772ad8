import { addressOf } from '../campaign/reader-lookup.js';
import { SECRET_COMMAND } from '../config/secret-strength.js';
import { configurationError } from '../findings/error.js';
import { ledgerFile } from '../ledger/table.js';
import { ForgottenKeys } from '../message/forgotten.js';
import { eraseCopies, namedIn } from './erase.js';
import type { ListSession } from './list-session.js';
import { countRows, removeRows } from './remove-rows.js';

/** A planned erasure. */
export interface ForgetPlan {
  readonly address: string;
  /** How many rows of the list have this address. */
  readonly rows: number;
  apply(): Promise<Forgotten>;
}

/** The result of an erasure. Paths are within the newsletter. */
export interface Forgotten {
  /** Rows removed from the list. */
  readonly removed: number;
  /** Delivery records that named the person. */
  readonly deliveries: number;
  /** Copies made by obn that were changed or removed. */
  readonly erased: readonly string[];
  /** Other files of obn that still name the person. */
  readonly left: readonly string[];
}

/**
 * Plans to erase a person from the list, the ledger and the copies that obn made. A keyed hash remains, so that the person
 * is never mailed again.
 * @throws ObnError for an invalid address, and without the unsubscribe secret
 */
export async function planForget(session: ListSession, written: string): Promise<ForgetPlan> {
  const { newsletter, source, ledger, host, ledgerUrl } = session;
  const person = addressOf(written);
  newsletter.need('unsubscribe');
  if (source.secrets.length === 0)
    throw configurationError('unsubscribe.secret is missing', {
      hint: `obn keeps a hash of the address, made with this secret; create one with: ${SECRET_COMMAND}`,
    });
  return {
    address: person.address,
    rows: await countRows(source.path, source.name, person.key),
    async apply() {
      const hash = new ForgottenKeys(source.secrets).hash(person.key);
      const { deliveries } = await ledger.readers.forget(person.key, hash, host.clock.now());
      const removed = await removeRows(source.path, source.name, person.key);
      const erased = await eraseCopies(newsletter, person, source.path);
      const left = await namedIn(newsletter, person, ledgerFile(ledgerUrl, newsletter.root));
      return { removed, deliveries, erased, left };
    },
  };
}
