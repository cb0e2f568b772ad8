import { createHash, hash, randomBytes } from 'node:crypto';
import { findRepeats, type Repeats } from '../audience/repeats.js';
import { type Exclusion, type SelectOptions, selectRecipients } from '../audience/select.js';
import { displayName, type Rows, readSubscribers, type Subscriber } from '../audience/subscriber.js';
import type { AudienceCounts, FreezeResult, FrozenRecipient, Ledger } from '../ledger/ledger.js';

/** Where the readers of an issue come from. */
export interface AudienceSource {
  readonly path: string;
  /** The file as messages name it. */
  readonly name: string;
  readonly segment?: ((subscriber: Subscriber) => boolean) | undefined;
}

/** What reading the whole list has shown, before anything is frozen. */
export interface Survey {
  readonly counts: AudienceCounts;
  /** The first rows that get nothing, for a person to look at. */
  readonly exclusions: readonly Exclusion[];
  /** Of each required field, how many recipients have no value. */
  readonly lacking: ReadonlyMap<string, number>;
  /** The first recipients. */
  readonly sample: readonly Subscriber[];
  readonly repeats: Repeats;
  /** SHA-256 over the addresses of the recipients in their order, in hex, as it is frozen. */
  readonly digest: string;
}

const SHOWN = 200;

/** Reads the list and counts who would get a message and who would not, and why. */
export async function surveyAudience(
  source: AudienceSource,
  ledger: Pick<Ledger, 'suppressed'>,
  required: readonly string[],
): Promise<Survey> {
  const repeats = await findRepeats(rowsOf(source));
  const tally = new Tally();
  const digest = createHash('sha256');
  const exclusions: Exclusion[] = [];
  const sample: Subscriber[] = [];
  const lacking = new Map<string, number>();
  const look = (row: Subscriber | Exclusion) => {
    tally.add(row);
    if ('reason' in row) {
      if (exclusions.length < SHOWN) exclusions.push(row);
      return;
    }
    digest.update(`${row.key}\n`);
    if (sample.length < 3) sample.push(row);
    for (const field of required) {
      const has = Object.hasOwn(row.fields, field) && row.fields[field] !== '';
      if (!has) lacking.set(field, (lacking.get(field) ?? 0) + 1);
    }
  };
  for await (const batch of selectRecipients(rowsOf(source), optionsFor(source, ledger, repeats))) {
    batch.forEach(look);
  }
  return { counts: tally.counts, exclusions, lacking, sample, repeats, digest: digest.digest('hex') };
}

/** The recipients in the form in which they are frozen; `result` is complete when they have all been read. */
export function recipientsOf(
  source: AudienceSource,
  ledger: Pick<Ledger, 'suppressed'>,
  repeats: Repeats,
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
    for await (const batch of selectRecipients(rowsOf(source), optionsFor(source, ledger, repeats))) {
      yield batch.flatMap(frozen);
    }
  }
  return {
    recipients: recipients(),
    result: () => ({ audience: tally.counts, audienceDigest: digest.digest('hex') }),
  };
}

function rowsOf(source: AudienceSource): Rows {
  return readSubscribers(source.path, source.name);
}

function optionsFor(
  { segment }: AudienceSource,
  ledger: Pick<Ledger, 'suppressed'>,
  repeats: Repeats,
): SelectOptions {
  return { repeats, segment, suppressed: (keys) => ledger.suppressed(keys) };
}

class Tally {
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
