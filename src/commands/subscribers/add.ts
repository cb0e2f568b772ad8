import { readColumns } from '../../audience/csv.js';
import { columnName, editList } from '../../audience/edit.js';
import { findSubscriber } from '../../audience/find.js';
import { joinTags } from '../../audience/import/mapping.js';
import { isSample } from '../../audience/samples.js';
import { agreed } from '../../audience/status-column.js';
import { addressOf } from '../../campaign/reader-lookup.js';
import { suppressionLookup } from '../../delivery/suppressed.js';
import { EXIT, usageError } from '../../findings/error.js';
import { exists, OWNER_ONLY, writeFile } from '../../platform/files.js';
import { type ListOptions, type ListSession, listOptions, withList } from '../../subscribers/list-session.js';
import { countRows } from '../../subscribers/remove-rows.js';
import { defineCommand } from '../command.js';
import { list as commaList, pairs } from '../support/parse.js';

interface Options extends ListOptions {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly tags?: string[];
  readonly field?: ReadonlyMap<string, string>;
  readonly pending?: boolean;
}

export const add = defineCommand<[string], Options>({
  arguments: [{ name: '<address>', description: 'who asked for it' }],
  options: [
    { flags: '--first-name <name>', description: 'first name' },
    { flags: '--last-name <name>', description: 'last name' },
    { flags: '--tags <tags>', description: 'tags, parted by commas', parse: commaList },
    {
      flags: '--field <column=value>',
      description: 'another column of the list; again for more',
      parse: pairs('--field'),
    },
    { flags: '--pending', description: 'they have not confirmed yet, and get nothing' },
    ...listOptions,
  ],
  examples: [
    [
      'obn subscribers add ada@example.com --first-name Ada --tags aws,beginner',
      'a row at the end of the list',
    ],
    ['obn subscribers add ada@example.com --field company="Example Ferries"', 'with another column'],
  ],
  run: (context, [written], options) =>
    withList(context, options, false, async (session) => {
      const { address, key } = addressOf(written);
      await refuseKnown(session, address, key);
      const { path, name } = session.source;
      const known = exists(path) && !options.pending ? agreed(await readColumns(path, name)) : {};
      const row = { ...known, ...rowOf(address, options, new Date(context.clock.now()).toISOString()) };
      const needed = Object.keys(row).filter((column) => column !== 'subscribed_at' && row[column] !== '');
      const columns = options.pending ? needed : needed.filter((column) => column !== 'status');
      const { bytes } = await editList(path, name, {
        columns,
        change: (rows) => rows.map(({ row }) => (isSample(row) ? 'remove' : 'keep')),
        append: async function* () {
          yield [row];
        },
      });
      await writeFile(path, bytes, OWNER_ONLY);
      const { output, json } = context;
      if (json) output.json({ file: name, address, added: true, row });
      else output.result(`${address} is on the list ${name}.`);
      return EXIT.done;
    }),
});

function rowOf(address: string, options: Options, now: string): Record<string, string> {
  const { firstName, lastName, tags, field, pending } = options;
  const more = Object.fromEntries([...(field ?? [])].map(([column, value]) => [columnName(column), value]));
  if ('email' in more || 'status' in more)
    throw usageError('--field sets other columns than email and status');
  return {
    ...{ email: address, status: pending ? 'pending' : 'subscribed', subscribed_at: now },
    ...(firstName === undefined ? {} : { first_name: firstName }),
    ...(lastName === undefined ? {} : { last_name: lastName }),
    ...(tags === undefined ? {} : { tags: joinTags(tags) }),
    ...more,
  };
}

/** @throws ObnError (usage) for who is on the list already, or has left. */
async function refuseKnown({ source, ledger }: ListSession, address: string, key: string): Promise<void> {
  const { path, name, secrets } = source;
  const known = exists(path) ? await findSubscriber(path, name, key) : undefined;
  if (known && !isSample(known)) {
    const hint =
      known.status === 'subscribed' ? undefined : 'change the row itself if they have asked for that';
    throw usageError(`${address} is on the list already (${name}:${known.line}), as ${known.status}`, hint);
  }
  if (!known && (await countRows(path, name, key)) > 0)
    throw usageError(
      `${address} is on the list already, on a row of ${name} that cannot be mailed`,
      'mend that row; `obn subscribers check` says what is wrong with it',
    );
  const reason = (await (await suppressionLookup({ ledger, secrets }))([key])).get(key);
  if (!reason) return;
  throw usageError(
    `${address} is ${reason} in the ledger, and would get nothing`,
    `if they have asked for it themselves: obn subscribers suppress ${address} --lift`,
  );
}
