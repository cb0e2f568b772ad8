import { EXIT, ObnError } from '../findings/error.js';
import { BloomFilter } from './bloom-filter.js';
import { type Choices, withChoice } from './choices.js';
import type { Duplicates, OptOut } from './duplicates.js';
import { Fingerprint } from './fingerprint.js';
import { isSample } from './samples.js';
import {
  type BadRow,
  NO_LINE,
  type RowProblem,
  type Rows,
  type Status,
  type Subscriber,
} from './subscriber.js';

/** Why a row of the list gets nothing. */
export type ExclusionReason =
  | RowProblem
  | Exclude<Status, 'subscribed'>
  | 'duplicate'
  | 'unclear'
  | 'sample'
  | 'segment';

export interface Exclusion {
  readonly line: number;
  readonly address: string;
  readonly reason: ExclusionReason;
  readonly detail: string;
}

const FAULTS: ReadonlySet<ExclusionReason> = new Set([
  ...(['no_address', 'invalid_address', 'non_ascii_local_part', 'malformed'] as const),
  ...(['stray_quote', 'invalid_status', 'duplicate', 'unclear'] as const),
]);

/** Whether the reason is about the row, not about what its owner wants. */
export function isFaulty({ reason }: Exclusion): boolean {
  return FAULTS.has(reason);
}

export interface SelectOptions {
  /** Who is known to be gone, of the given addresses; wins over whatever the list says. */
  suppressed(keys: readonly string[]): Promise<ReadonlyMap<string, OptOut>>;
  /**
   * Addresses with more than one row. An opt-out wins wherever it stands, so that a list with an address twice never
   * mails somebody who has left.
   */
  readonly repeats: Duplicates;
  segment?: ((subscriber: Subscriber) => boolean) | undefined;
  /** What readers of the list have chosen of `topics`, of the given addresses; wins over the tags of the list. */
  readonly chosen?: ((keys: readonly string[]) => Promise<Choices>) | undefined;
  readonly topics?: readonly string[];
  /** Whether real email is sent, which nobody gets whom `obn init` made up. */
  readonly live?: boolean;
  /** Whether readers of the ledger follow the rows of the list. */
  readonly ledger?: boolean;
}

/** What of the rows that came before matters for the next. */
interface Before {
  /** The status that the first row of an address has, where the address may stand on more than one. */
  readonly seen: Map<string, Status>;
  /** Every address of the list. */
  readonly listed: BloomFilter | undefined;
}

/**
 * Says of every row of the list, in its order, whether it is a recipient, and if not, why. A reader of the ledger who
 * stands on the list, too, is no row of their own: there the list decides, unless it says no more than `pending`.
 * @throws ObnError at the end when the list is not the one in which the repeated addresses were found.
 */
export async function* selectRecipients(
  rows: Rows,
  options: SelectOptions,
): AsyncGenerator<(Subscriber | Exclusion)[]> {
  const before: Before = { seen: new Map(), listed: options.ledger ? new BloomFilter() : undefined };
  const fingerprint = new Fingerprint();
  for await (const batch of rows) {
    fingerprint.add(batch);
    const keys = batch.flatMap((row) => ('key' in row ? [row.key] : []));
    const suppressed = await options.suppressed(keys);
    const choices = await options.chosen?.(keys);
    const { topics = [] } = options;
    const chosen = (row: Subscriber | BadRow) =>
      choices && 'key' in row ? withChoice(row, choices, topics) : row;
    yield batch.map(chosen).flatMap((row) => {
      const isOwn = row.line !== NO_LINE || !('key' in row) || !isListed(row.key, options, before);
      return isOwn ? [decide(row, options, suppressed, before)] : [];
    });
  }
  if (fingerprint.digest() !== options.repeats.fingerprint) throw listChanged();
}

/** What an author is told whose list was written while it was read. */
export function listChanged(): ObnError {
  return new ObnError(EXIT.stopped, 'the list has changed while it was read; nothing was sent', {
    hint: 'run the same command again',
  });
}

/**
 * Whether the list decides about a reader of the ledger. Where there is a mark of the address that no earlier reading
 * has met, the reader is new since that reading; they may be on the list, and are left for the next issue.
 */
function isListed(key: string, { repeats }: SelectOptions, { seen, listed }: Before): boolean {
  if (!listed?.has(key)) return false;
  const status = seen.get(key);
  return repeats.addresses.has(key) ? status !== undefined && status !== 'pending' : true;
}

function unclearText(address: string, line: number): string {
  return `line ${line} names ${address}, too, and cannot be read: it may say that they left. Correct that line`;
}

function decide(
  row: Subscriber | BadRow,
  { repeats, segment, live }: SelectOptions,
  suppressed: ReadonlyMap<string, OptOut>,
  { seen, listed }: Before,
): Subscriber | Exclusion {
  const { line, address } = row;
  if ('problem' in row) return { line, address, reason: row.problem, detail: row.detail };
  const excluded = (reason: ExclusionReason, detail: string): Exclusion => ({
    line,
    address,
    reason,
    detail,
  });
  if (row.line !== NO_LINE) {
    if (seen.has(row.key)) return excluded('duplicate', `${address} stands on an earlier row`);
    listed?.add(row.key);
    if (repeats.addresses.has(row.key)) seen.set(row.key, row.status);
  }
  const known = suppressed.get(row.key);
  if (known) return excluded(known, `${address} is ${known} in the ledger`);
  if (row.status !== 'subscribed') return excluded(row.status, `${address} is ${row.status}`);
  if (live && isSample(row)) return excluded('sample', `${address} is a sample reader of obn init`);
  const later = repeats.addresses.get(row.key);
  if (later) return excluded(later, `${address} is ${later} on a later row`);
  const doubt = repeats.doubts?.get(row.key);
  if (doubt !== undefined) return excluded('unclear', unclearText(address, doubt));
  if (segment && !segment(row)) return excluded('segment', `${address} is not in the segment`);
  return row;
}
