import { findDuplicates } from '../audience/duplicates.js';
import type { Exclusion } from '../audience/select.js';
import type { Subscriber } from '../audience/subscriber.js';
import { audienceSource } from '../campaign/audience-source.js';
import { type Campaign, openCampaign } from '../campaign/open-campaign.js';
import { openNewsletter } from '../config/load.js';
import { type AudienceSource, decisions, isReadable, rowsOf } from '../delivery/audience.js';
import { configurationError } from '../findings/error.js';
import { followLinks } from '../platform/files.js';
import type { Host } from '../platform/host.js';

/** The context of the use cases of the list: the newsletter, its ledger and its list. */
export interface ListSession extends Campaign {
  /** The list, with links followed, so that a new version replaces the real file. */
  readonly source: AudienceSource;
}

export interface ListOptions {
  /** The list to use instead of the one in obn.yaml. */
  readonly list?: string | undefined;
  /** The address of the ledger, instead of OBN_LEDGER or obn.yaml. */
  readonly ledger?: string | undefined;
  /** A segment of obn.yaml; other readers are left out. */
  readonly segment?: string | undefined;
  /** Whether to create a missing ledger; default: an empty one is used in its place. */
  readonly create?: boolean;
  /** Receives messages of the ledger, such as that its server is not reachable. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/**
 * Opens the list and the ledger. The caller closes them.
 * @throws ObnError if obn.yaml has an error, the segment does not exist, or the ledger cannot be opened
 */
export async function openList(
  host: Host,
  { create = false, onNotice, ...options }: ListOptions,
): Promise<ListSession> {
  const newsletter = await openNewsletter(host.cwd, host.env);
  const found = audienceSource(newsletter, options, undefined, host.clock.now());
  const source = { ...found, path: await followLinks(found.path) };
  const campaign = await openCampaign(host, { newsletter, ledger: options.ledger, create, onNotice });
  return { ...campaign, source };
}

/** As {@link openList}, while `work` runs. */
export async function withList<T>(
  host: Host,
  options: ListOptions,
  work: (session: ListSession) => Promise<T>,
): Promise<T> {
  const session = await openList(host, options);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** Everyone on the list and in the ledger, and whether they are mailed. @throws ObnError if there is no list */
export async function* everybody(
  { source, ledger }: Pick<ListSession, 'source' | 'ledger'>,
  onRow?: (row: Subscriber | Exclusion) => void,
): AsyncGenerator<readonly (Subscriber | Exclusion)[]> {
  if (!isReadable(source)) throw noList(source.name);
  const repeats = await findDuplicates(rowsOf(source, ledger.readers));
  for await (const batch of decisions(source, ledger.readers, repeats)) {
    if (onRow) batch.forEach(onRow);
    yield batch;
  }
}

function noList(name: string): Error {
  return configurationError(`list not found: ${name}`, {
    hint: 'add a subscriber with `obn subscribers add`, import a list, or set audience.file in obn.yaml',
  });
}
