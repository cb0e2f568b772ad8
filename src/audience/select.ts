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

/** Why a row of the list gets no email. */
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

/** Whether the reason is an error in the row, not the choice of the reader. */
export function isFaulty({ reason }: Exclusion): boolean {
  return FAULTS.has(reason);
}

export interface SelectOptions {
  /** Opt-outs of the given addresses in the ledger; they override the list. */
  suppressed(keys: readonly string[]): Promise<ReadonlyMap<string, OptOut>>;
  /**
   * Addresses with more than one row. An opt-out on any row wins, so that a duplicate never mails a reader who
   * unsubscribed.
   */
  readonly repeats: Duplicates;
  segment?: ((subscriber: Subscriber) => boolean) | undefined;
  /** The `topics` that readers with the given addresses chose; they override the tags of the list. */
  readonly chosen?: ((keys: readonly string[]) => Promise<Choices>) | undefined;
  readonly topics?: readonly string[];
  /** Whether real email is sent, which sample readers of `obn init` never get. */
  readonly live?: boolean;
  /** Whether readers of the ledger follow the rows of the list. */
  readonly ledger?: boolean;
}

/** State from the previous rows. */
interface Before {
  /** The status on the first row of each address that may have more than one. */
  readonly seen: Map<string, Status>;
  /** Every address of the list. */
  readonly listed: BloomFilter | undefined;
}

/**
 * Decides for every row of the list, in order, whether it is a recipient, and if not, why. For a reader of the ledger
 * who is also on the list, the list decides, unless it says `pending`.
 * @throws ObnError at the end when the list is not the one that `repeats` was made from
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

/** The error for a list that changed while it was read. */
export function listChanged(): ObnError {
  return new ObnError(EXIT.stopped, 'the list changed while obn was reading it; nothing was sent', {
    hint: 'run the same command again',
  });
}

/**
 * Whether the list decides about a reader of the ledger. An address in the filter that no earlier reading found belongs
 * to a reader who is new since that reading. They may be on the list, and get the next issue.
 */
function isListed(key: string, { repeats }: SelectOptions, { seen, listed }: Before): boolean {
  if (!listed?.has(key)) return false;
  const status = seen.get(key);
  return repeats.addresses.has(key) ? status !== undefined && status !== 'pending' : true;
}

function unclearText(address: string, line: number): string {
  return `line ${line} also contains ${address}, but cannot be read: it may be an opt-out. Fix that line`;
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
    if (seen.has(row.key)) return excluded('duplicate', `${address} is already on an earlier row`);
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
