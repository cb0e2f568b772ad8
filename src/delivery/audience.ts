import { createHash, hash, randomBytes } from 'node:crypto';
import { type Duplicates, findDuplicates, type OptOut } from '../audience/duplicates.js';
import { LackingFields } from '../audience/lacking-fields.js';
import { type Exclusion, selectRecipients } from '../audience/select.js';
import { displayName, type Rows, readSubscribers, type Subscriber } from '../audience/subscriber.js';
import { configurationError } from '../findings/error.js';
import type { FrozenRecipient } from '../ledger/delivery.js';
import type { ReaderStore } from '../ledger/reader-store.js';
import type { AudienceCounts, FreezeResult } from '../ledger/send.js';
import { exists } from '../platform/files.js';
import { choicesOf, ledgerSubscribers } from './readers.js';
import { suppressionLookup } from './suppressed.js';

/** The sources of an issue's readers. */
export interface AudienceSource {
  readonly path: string;
  /** The name of the file for messages. */
  readonly name: string;
  /** Whether a person named the file. A missing file is then an error even if readers of the ledger are mailed. */
  readonly named?: boolean;
  readonly segment?: ((subscriber: Subscriber) => boolean) | undefined;
  /**
   * The time, in milliseconds since 1970, before which readers of the ledger must have confirmed to be mailed. A fixed
   * time, so that each reading of the list gives the same readers. Undefined: the list only.
   */
  readonly readersUntil?: number | undefined;
  /** Whether real email is sent. */
  readonly live?: boolean;
  /** The unsubscribe secrets, which identify forgotten readers. */
  readonly secrets: readonly string[];
  /** Tags that readers choose themselves. */
  readonly topics?: readonly string[];
  /** Addresses that the provider suppresses. */
  readonly provider?: ReadonlyMap<string, OptOut> | undefined;
}

type Store = Pick<ReaderStore, 'suppressed' | 'suppressions' | 'list' | 'getAll'>;

/** The result of reading the whole list, before anything is frozen. */
export interface Survey {
  readonly counts: AudienceCounts;
  /** The first excluded rows, as examples. */
  readonly exclusions: readonly Exclusion[];
  /** For each required field, how many recipients have no value. */
  readonly lacking: ReadonlyMap<string, number>;
  /** The first recipients. */
  readonly sample: readonly Subscriber[];
  readonly repeats: Duplicates;
  readonly source: AudienceSource;
  /** SHA-256 over the recipients' addresses in order, in hex. */
  readonly digest: string;
}

const SHOWN = 200;

/** Reads the list, and counts recipients and, by reason, excluded rows. */
export async function surveyAudience(
  source: AudienceSource,
  ledger: Store,
  required: readonly string[],
): Promise<Survey> {
  const repeats = await findDuplicates(rowsOf(source, ledger));
  const tally = new Tally();
  const digest = createHash('sha256');
  const exclusions: Exclusion[] = [];
  const sample: Subscriber[] = [];
  const lacking = new LackingFields(required);
  const look = (row: Subscriber | Exclusion) => {
    tally.add(row);
    if ('reason' in row) {
      if (exclusions.length < SHOWN) exclusions.push(row);
      return;
    }
    digest.update(`${row.key}\n`);
    if (sample.length < 3) sample.push(row);
    lacking.add(row.fields);
  };
  for await (const batch of decisions(source, ledger, repeats)) batch.forEach(look);
  const found = { exclusions, lacking: lacking.counts, sample, repeats, source };
  return { ...found, counts: tally.counts, digest: digest.digest('hex') };
}

/** The recipients as they are frozen. `result` is complete after the last one. */
export function recipientsOf(
  source: AudienceSource,
  ledger: Store,
  repeats: Duplicates,
): { recipients: AsyncIterable<readonly FrozenRecipient[]>; result: () => FreezeResult } {
  const tally = new Tally();
  const digest = createHash('sha256');
  const salt = randomBytes(16).toString('hex');
  const reference = (key: string) => hash('sha256', salt + key).slice(0, 32);
  const frozen = (row: Subscriber | Exclusion): FrozenRecipient[] => {
    tally.add(row);
    if ('reason' in row) return [];
    const { key, address, fields } = row;
    digest.update(`${key}\n`);
    return [{ key, address, fields, reference: reference(key), name: displayName(fields) }];
  };
  async function* recipients(): AsyncGenerator<FrozenRecipient[]> {
    for await (const batch of decisions(source, ledger, repeats)) {
      yield batch.flatMap(frozen);
    }
  }
  return {
    recipients: recipients(),
    result: () => ({ audience: tally.counts, audienceDigest: digest.digest('hex') }),
  };
}

/** Whether the audience can be read: the list exists, or only readers of the ledger are mailed. */
export function isReadable({ path, named = false, readersUntil }: AudienceSource): boolean {
  return exists(path) || (readersUntil !== undefined && !named);
}

/** Everyone on the list, then readers who are only in the ledger. */
export async function* rowsOf(source: AudienceSource, ledger: Pick<ReaderStore, 'list'>): Rows {
  const { path, name, readersUntil } = source;
  if (readersUntil !== undefined && !isReadable(source)) throw listGone(name);
  if (readersUntil === undefined || exists(path)) yield* readSubscribers(path, name);
  if (readersUntil !== undefined) yield* ledgerSubscribers(ledger, readersUntil);
}

/** The error for a missing list. It is not treated as empty, because its readers would miss the issue. */
function listGone(name: string): Error {
  return configurationError(`list not found: ${name}`, {
    hint: 'create the list; to mail only readers who signed up, remove audience.file from obn.yaml',
  });
}

/** Decides for each row whether it is a recipient and, if not, why. */
export async function* decisions(
  source: AudienceSource,
  ledger: Store,
  repeats: Duplicates,
): AsyncGenerator<(Subscriber | Exclusion)[]> {
  const { segment, secrets, provider, readersUntil, topics = [], live = false } = source;
  const suppressed = await suppressionLookup({ ledger, secrets, provider });
  const chosen = topics.length > 0 ? (keys: readonly string[]) => choicesOf(ledger, keys) : undefined;
  const ledgerToo = readersUntil !== undefined;
  const options = { repeats, segment, suppressed, chosen, topics, live, ledger: ledgerToo };
  yield* selectRecipients(rowsOf(source, ledger), options);
}

/** Counts rows by result. */
export class Tally {
  private listed = 0;
  private eligible = 0;
  private readonly excluded: Record<string, number> = {};

  add(row: Subscriber | Exclusion): void {
    this.listed += 1;
    if ('reason' in row) this.excluded[row.reason] = (this.excluded[row.reason] ?? 0) + 1;
    else this.eligible += 1;
  }

  get counts(): AudienceCounts {
    return { listed: this.listed, eligible: this.eligible, excluded: { ...this.excluded } };
  }
}
