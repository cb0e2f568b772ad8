import { findDuplicates } from '../audience/duplicates.js';
import type { Exclusion } from '../audience/select.js';
import type { Subscriber } from '../audience/subscriber.js';
import { openLedger, openNewsletter } from '../campaign/open.js';
import { audienceOf } from '../campaign/session.js';
import type { CommandContext, OptionDefinition } from '../commands/command.js';
import type { Newsletter } from '../config/load.js';
import { type AudienceSource, decisions, isReadable, rowsOf } from '../delivery/audience.js';
import { configurationError } from '../findings/error.js';
import type { Ledger } from '../ledger/ledger.js';
import { followLinks } from '../platform/files.js';

/** What the commands about subscribers work with. */
export interface ListSession {
  readonly context: CommandContext;
  readonly newsletter: Newsletter;
  readonly ledger: Ledger;
  /** The list, links followed, so that what is written stands where it is read. */
  readonly source: AudienceSource;
}

export interface ListOptions {
  readonly list?: string;
  readonly ledger?: string;
  readonly segment?: string;
}

/** The flags that each of them has. */
export const listOptions: readonly OptionDefinition[] = [
  { flags: '--list <file>', description: 'instead of the list of obn.yaml' },
  { flags: '--ledger <url>', description: 'instead of the ledger of obn.yaml' },
];

/**
 * Opens list and ledger for as long as `work` goes on.
 * @param create whether a ledger that does not exist is made, because something is going to be written
 */
export async function withList<T>(
  context: CommandContext,
  options: ListOptions,
  create: boolean,
  work: (session: ListSession) => Promise<T>,
): Promise<T> {
  const newsletter = await openNewsletter(context);
  const found = audienceOf({ newsletter, options }, undefined, context.clock.now());
  const source = { ...found, path: await followLinks(found.path) };
  const ledger = await openLedger(newsletter, context, { ledger: options.ledger, create });
  try {
    return await work({ context, newsletter, ledger, source });
  } finally {
    await ledger.close();
  }
}

/** Everybody on the list and beside it, and whether they are mailed. @throws ObnError when there is no list */
export async function* everybody(
  { source, ledger }: Pick<ListSession, 'source' | 'ledger'>,
  onRow?: (row: Subscriber | Exclusion) => void,
): AsyncGenerator<readonly (Subscriber | Exclusion)[]> {
  if (!isReadable(source)) throw noList(source.name);
  const repeats = await findDuplicates(rowsOf(source, ledger));
  for await (const batch of decisions(source, ledger, repeats)) {
    if (onRow) batch.forEach(onRow);
    yield batch;
  }
}

export function noList(name: string): Error {
  return configurationError(`there is no list ${name}`, {
    hint: 'add somebody with `obn subscribers add`, import a list, or set audience.file in obn.yaml',
  });
}
