import { EXIT, ObnError } from '../findings/error.js';
import { Fingerprint } from './fingerprint.js';
import type { OptOut, Repeats } from './repeats.js';
import type { BadRow, RowProblem, Rows, Status, Subscriber } from './subscriber.js';

/** Why a row of the list gets nothing. */
export type ExclusionReason = RowProblem | Exclude<Status, 'subscribed'> | 'duplicate' | 'segment';

export interface Exclusion {
  readonly line: number;
  readonly address: string;
  readonly reason: ExclusionReason;
  readonly detail: string;
}

export interface SelectOptions {
  /** Who is known to be gone, of the given addresses; wins over whatever the list says. */
  suppressed(keys: readonly string[]): Promise<ReadonlyMap<string, OptOut>>;
  /**
   * Addresses with more than one row. An opt-out wins wherever it stands, so that a list with an address twice never
   * mails somebody who has left.
   */
  readonly repeats: Repeats;
  segment?: ((subscriber: Subscriber) => boolean) | undefined;
}

/**
 * Says of every row of the list, in its order, whether it is a recipient, and if not, why.
 * @throws ObnError at the end when the list is not the one in which the repeated addresses were found.
 */
export async function* selectRecipients(
  rows: Rows,
  options: SelectOptions,
): AsyncGenerator<(Subscriber | Exclusion)[]> {
  const seen = new Set<string>();
  const fingerprint = new Fingerprint();
  for await (const batch of rows) {
    fingerprint.add(batch);
    const keys = batch.flatMap((row) => ('key' in row ? [row.key] : []));
    const suppressed = await options.suppressed(keys);
    yield batch.map((row) => decide(row, options, suppressed, seen));
  }
  if (fingerprint.digest() !== options.repeats.fingerprint) throw listChanged();
}

/** What an author is told whose list was written while it was read. */
export function listChanged(): ObnError {
  return new ObnError(EXIT.stopped, 'the list has changed while it was read; nothing was sent', {
    hint: 'run the same command again',
  });
}

function decide(
  row: Subscriber | BadRow,
  { repeats, segment }: SelectOptions,
  suppressed: ReadonlyMap<string, OptOut>,
  seen: Set<string>,
): Subscriber | Exclusion {
  const { line, address } = row;
  if ('problem' in row) return { line, address, reason: row.problem, detail: row.detail };
  const excluded = (reason: ExclusionReason, detail: string): Exclusion => ({
    line,
    address,
    reason,
    detail,
  });
  if (seen.has(row.key)) return excluded('duplicate', `${address} stands on an earlier row`);
  if (repeats.addresses.has(row.key)) seen.add(row.key);
  const known = suppressed.get(row.key);
  if (known) return excluded(known, `${address} is ${known} in the ledger`);
  if (row.status !== 'subscribed') return excluded(row.status, `${address} is ${row.status}`);
  const later = repeats.addresses.get(row.key);
  if (later) return excluded(later, `${address} is ${later} on a later row`);
  if (segment && !segment(row)) return excluded('segment', `${address} is not in the segment`);
  return row;
}
