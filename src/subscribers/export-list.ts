import { readColumns } from '../audience/csv.js';
import { recordText } from '../audience/records.js';
import type { Exclusion } from '../audience/select.js';
import type { Subscriber } from '../audience/subscriber.js';
import { ledgerSubscribers } from '../delivery/readers.js';
import { exists } from '../platform/files.js';
import { everybody, type ListSession } from './list-session.js';

export const EXPORT_FORMATS = ['csv', 'json'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ListExport {
  /** The text, streamed from the list. */
  readonly pieces: AsyncIterable<string>;
  /** How many subscribers it has so far. */
  count(): number;
}

/**
 * Everyone who can be mailed, from list and ledger. CSV has every column of both, as obn reads them.
 * JSON is an array of objects with `email`, the columns, and `tags` as an array.
 */
export function exportList(session: ListSession, format: ExportFormat): ListExport {
  const count = { rows: 0 };
  const write = { csv: csvOf, json: jsonOf }[format];
  return { pieces: write(session, count), count: () => count.rows };
}

const mailed = (rows: readonly (Subscriber | Exclusion)[]) =>
  rows.flatMap((row) => ('reason' in row ? [] : [row]));

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
  for await (const readers of ledgerSubscribers(ledger.readers, readersUntil)) {
    for (const { fields } of readers) for (const column of Object.keys(fields)) columns.add(column);
  }
  return [...columns];
}
