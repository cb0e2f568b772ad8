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

/** Where the readers of an issue come from. */
export interface AudienceSource {
  readonly path: string;
  /** The file as messages name it. */
  readonly name: string;
  /** Whether a person named the file, so that a missing one is an error also where readers of the ledger are mailed. */
  readonly named?: boolean;
  readonly segment?: ((subscriber: Subscriber) => boolean) | undefined;
  /**
   * Readers of the ledger who had confirmed before are mailed, too; in milliseconds since 1970. A moment, so that those
   * who come while the list is read are the same in each reading. Undefined: the list alone.
   */
  readonly readersUntil?: number | undefined;
  /** Whether real email is sent. */
  readonly live?: boolean;
  /** Those of the unsubscribe links, by which the forgotten are known. */
  readonly secrets: readonly string[];
  /** Tags that readers choose by themselves. */
  readonly topics?: readonly string[];
  /** Whom the provider itself mails nothing. */
  readonly provider?: ReadonlyMap<string, OptOut> | undefined;
}

type Store = Pick<ReaderStore, 'suppressed' | 'suppressions' | 'list' | 'getAll'>;

/** What reading the whole list has shown, before anything is frozen. */
export interface Survey {
  readonly counts: AudienceCounts;
  /** The first rows that get nothing, for a person to look at. */
  readonly exclusions: readonly Exclusion[];
  /** Of each required field, how many recipients have no value. */
  readonly lacking: ReadonlyMap<string, number>;
  /** The first recipients. */
  readonly sample: readonly Subscriber[];
  readonly repeats: Duplicates;
  readonly source: AudienceSource;
  /** SHA-256 over the addresses of the recipients in their order, in hex, as it is frozen. */
  readonly digest: string;
}

const SHOWN = 200;

/** Reads the list and counts who would get a message and who would not, and why. */
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

/** The recipients in the form in which they are frozen; `result` is complete when they have all been read. */
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

/** Whether the audience can be read: the list is there, or the readers of the ledger are all there is. */
export function isReadable({ path, named = false, readersUntil }: AudienceSource): boolean {
  return exists(path) || (readersUntil !== undefined && !named);
}

/** Everybody on the list, and then those whom the ledger alone knows. */
export async function* rowsOf(source: AudienceSource, ledger: Pick<ReaderStore, 'list'>): Rows {
  const { path, name, readersUntil } = source;
  if (readersUntil !== undefined && !isReadable(source)) throw listGone(name);
  if (readersUntil === undefined || exists(path)) yield* readSubscribers(path, name);
  if (readersUntil !== undefined) yield* ledgerSubscribers(ledger, readersUntil);
}

/** A list that is not there must not be taken for an empty one: its readers would miss the issue. */
function listGone(name: string): Error {
  return configurationError(`there is no list ${name}`, {
    hint: 'put the list there; to mail only readers who signed up, remove audience.file from obn.yaml',
  });
}

/** Says of everybody whether they are a recipient, and if not, why. */
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

/** Counts what became of each row. */
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
