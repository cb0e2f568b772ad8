import { readColumns } from '../audience/csv.js';
import { columnName, editList } from '../audience/edit.js';
import { findSubscriber } from '../audience/find.js';
import { joinTags } from '../audience/import/mapping.js';
import { isSample } from '../audience/samples.js';
import { agreed } from '../audience/status-column.js';
import { addressOf } from '../campaign/reader-lookup.js';
import { suppressionLookup } from '../delivery/suppressed.js';
import { usageError } from '../findings/error.js';
import { exists, OWNER_ONLY, writeFile } from '../platform/files.js';
import type { ListSession } from './list-session.js';
import { countRows } from './remove-rows.js';

/** The details of a new subscriber. */
export interface NewSubscriber {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Other columns of the list. */
  readonly fields?: ReadonlyMap<string, string> | undefined;
  /** Whether the subscriber has not confirmed yet, and so is not mailed. */
  readonly pending?: boolean | undefined;
}

export interface AddedSubscriber {
  readonly address: string;
  /** The new row, by column. */
  readonly row: Readonly<Record<string, string>>;
}

/**
 * Adds a row to the end of the list, and removes the sample readers of `obn init`.
 * @throws ObnError (usage) if the address is already on the list, or is suppressed
 */
export async function addSubscriber(
  session: ListSession,
  written: string,
  facts: NewSubscriber = {},
): Promise<AddedSubscriber> {
  const { address, key } = addressOf(written);
  await refuseKnown(session, address, key);
  const { path, name } = session.source;
  const { pending } = facts;
  const known = exists(path) && !pending ? agreed(await readColumns(path, name)) : {};
  const now = new Date(session.host.clock.now()).toISOString();
  const row = { ...known, ...rowOf(address, facts, now) };
  const needed = Object.keys(row).filter((column) => column !== 'subscribed_at' && row[column] !== '');
  const { bytes } = await editList(path, name, {
    columns: pending ? needed : needed.filter((column) => column !== 'status'),
    change: (rows) => rows.map(({ row }) => (isSample(row) ? 'remove' : 'keep')),
    append: async function* () {
      yield [row];
    },
  });
  await writeFile(path, bytes, OWNER_ONLY);
  return { address, row };
}

function rowOf(address: string, facts: NewSubscriber, now: string): Record<string, string> {
  const { firstName, lastName, tags, fields, pending } = facts;
  const more = Object.fromEntries([...(fields ?? [])].map(([column, value]) => [columnName(column), value]));
  if ('email' in more || 'status' in more) throw usageError('--field cannot set email or status');
  return {
    ...{ email: address, status: pending ? 'pending' : 'subscribed', subscribed_at: now },
    ...(firstName === undefined ? {} : { first_name: firstName }),
    ...(lastName === undefined ? {} : { last_name: lastName }),
    ...(tags === undefined ? {} : { tags: joinTags([...tags]) }),
    ...more,
  };
}

async function refuseKnown({ source, ledger }: ListSession, address: string, key: string): Promise<void> {
  const { path, name, secrets } = source;
  const known = exists(path) ? await findSubscriber(path, name, key) : undefined;
  if (known && !isSample(known)) {
    const hint = known.status === 'subscribed' ? undefined : 'edit the row if the reader asked for a change';
    throw usageError(`${address} is already on the list (${name}:${known.line}), as ${known.status}`, hint);
  }
  if (!known && (await countRows(path, name, key)) > 0)
    throw usageError(
      `${address} is already in ${name}, on a row that cannot be mailed`,
      'fix the row; `obn subscribers check` shows what is wrong',
    );
  const reason = (await (await suppressionLookup({ ledger: ledger.readers, secrets }))([key])).get(key);
  if (!reason) return;
  throw usageError(
    `${address} is ${reason} in the ledger and would not be mailed`,
    `if the reader asked for it, run: obn subscribers suppress ${address} --lift`,
  );
}
