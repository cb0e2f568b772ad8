import { resolve } from 'node:path';
import { readColumns } from '../../audience/csv.js';
import { recordText } from '../../audience/records.js';
import type { Exclusion } from '../../audience/select.js';
import type { Subscriber } from '../../audience/subscriber.js';
import { ledgerSubscribers } from '../../delivery/readers.js';
import { EXIT } from '../../findings/error.js';
import { exists, OWNER_ONLY, writeFile } from '../../platform/files.js';
import {
  everybody,
  type ListOptions,
  type ListSession,
  listOptions,
  withList,
} from '../../subscribers/list-session.js';
import { plural } from '../../text/plural.js';
import { defineCommand } from '../command.js';
import { requireOutputFile } from '../support/output-path.js';
import { oneOf } from '../support/parse.js';

const FORMATS = ['csv', 'json'] as const;

interface Options extends ListOptions {
  readonly format?: (typeof FORMATS)[number];
  readonly out?: string;
}

export const exportList = defineCommand<[], Options>({
  options: [
    { flags: '--segment <name>', description: 'only those in this segment of obn.yaml' },
    {
      flags: '--format <format>',
      description: `${FORMATS.join(', ')}; default: csv`,
      parse: oneOf('--format', FORMATS),
    },
    { flags: '--out <file>', description: 'write into a file instead of stdout' },
    ...listOptions,
  ],
  examples: [
    [
      'obn subscribers export --out all.csv',
      'everybody who can be mailed: list and ledger, without those who left',
    ],
    ['obn subscribers export --segment aws --format json', 'a part of them, for a script'],
  ],
  run: (context, _, options) =>
    withList(context, options, false, async (session) => {
      const { output, json, cwd } = context;
      const file = options.out === undefined ? undefined : resolve(cwd, options.out);
      if (file !== undefined) requireOutputFile(session.newsletter, context, '--out', file, options);
      const format = json ? 'json' : (options.format ?? 'csv');
      const count = { rows: 0 };
      const pieces = format === 'json' ? jsonOf(session, count) : csvOf(session, count);
      if (file === undefined) await output.stream(pieces);
      else await writeFile(file, pieces, OWNER_ONLY);
      const where = options.out === undefined ? '' : ` in ${options.out}`;
      output.talk(`${plural(count.rows, 'subscriber')}${where}`);
      return EXIT.done;
    }),
});

const mailed = (rows: readonly (Subscriber | Exclusion)[]) =>
  rows.flatMap((row) => ('reason' in row ? [] : [row]));

/** CSV as obn reads it, with every column of the list and of the readers. */
async function* csvOf(session: ListSession, count: { rows: number }): AsyncGenerator<string> {
  const columns = await columnsOf(session);
  const form = { delimiter: ',', newline: '\n', encoding: 'utf-8', mark: false } as const;
  yield recordText(columns, form);
  for await (const batch of everybody(session)) {
    const rows = mailed(batch);
    count.rows += rows.length;
    yield rows
      .map(({ address, fields }) => {
        const values: Record<string, string> = { ...fields, email: address };
        return recordText(
          columns.map((column) => values[column] ?? ''),
          form,
        );
      })
      .join('');
  }
}

async function* jsonOf(session: ListSession, count: { rows: number }): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const batch of everybody(session)) {
    let text = '';
    for (const { address, fields, tags } of mailed(batch)) {
      const row = { ...fields, email: address, ...(tags.length > 0 ? { tags } : {}) };
      text += `${separator}  ${JSON.stringify(row)}`;
      separator = ',\n';
      count.rows += 1;
    }
    if (text !== '') yield text;
  }
  yield count.rows === 0 ? '[]\n' : '\n]\n';
}

async function columnsOf({ source, ledger }: ListSession): Promise<string[]> {
  const { path, name, readersUntil } = source;
  const columns = new Set(exists(path) ? await readColumns(path, name) : ['email']);
  if (readersUntil === undefined) return [...columns];
  for await (const readers of ledgerSubscribers(ledger, readersUntil)) {
    for (const { fields } of readers) for (const column of Object.keys(fields)) columns.add(column);
  }
  return [...columns];
}
