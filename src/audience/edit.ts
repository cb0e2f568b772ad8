import { createHash } from 'node:crypto';
import { configurationError, EXIT, ObnError } from '../findings/error.js';
import { exists, readChunks } from '../platform/files.js';
import { header, rowOf } from './csv.js';
import { type CsvForm, encode, formOf, type RawRecord, readRecords, recordText } from './records.js';
import { type BadRow, type Subscriber, subscriberOf, USUAL_COLUMNS } from './subscriber.js';

export { columnName } from '../merge/expression.js';
export { USUAL_COLUMNS } from './subscriber.js';

/** A data row of a list that is being edited. */
export interface EditRow {
  readonly row: Subscriber | BadRow;
  /** Values by column name, also of a row that cannot be mailed. */
  readonly values: Readonly<Record<string, string>>;
  /** The number of values beyond the columns of the header. */
  readonly surplus?: number;
}

/** What happens to a row: it is kept, removed, or gets these values. */
export type Change = 'keep' | 'remove' | { readonly values: Readonly<Record<string, string>> };

export interface Edit {
  /** Columns that the list must have; missing ones are added at the end. */
  readonly columns: readonly string[];
  /** Decides what happens to a batch of rows, in the order of the list. */
  change?(rows: readonly EditRow[]): Promise<readonly Change[]> | readonly Change[];
  /** Rows to add at the end; called after all other rows. */
  append?(): AsyncIterable<readonly Readonly<Record<string, string>>[]>;
  /** Called with the length of each chunk that was read. */
  onBytes?(bytes: number): void;
}

/** An edited list; the bytes can be read once. */
export interface EditedList {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** SHA-256 of the original list, in hex, once the bytes have been read; empty when there was none. */
  digest(): string;
}

/**
 * Edits a list and keeps everything else: unchanged rows keep every byte, and delimiter, byte order mark, line ends and
 * other columns stay the same.
 * @throws ObnError, while the bytes are read, for a list that cannot be read or cannot get another column
 */
export async function editList(path: string, name: string, edit: Edit): Promise<EditedList> {
  const form = await formOf(path);
  const there = exists(path);
  const text = there ? editedText(path, name, form, edit) : newText(form, edit);
  let digest = '';
  async function* bytes() {
    digest = there ? await digestOf(path) : '';
    yield* encode(text, form);
    if (there && (await digestOf(path)) !== digest) throw changedMeanwhile(name);
  }
  return { bytes: bytes(), digest: () => digest };
}

/** SHA-256 of a file, in hex; empty when there is none. */
export async function digestOf(path: string): Promise<string> {
  if (!exists(path)) return '';
  const hash = createHash('sha256');
  for await (const chunk of readChunks(path)) hash.update(chunk);
  return hash.digest('hex');
}

/** The error for a list that another program changed at the same time. */
export function changedMeanwhile(name: string): ObnError {
  return new ObnError(EXIT.stopped, `${name} changed while obn was working; nothing was written`, {
    hint: 'run the same command again',
  });
}

async function* newText(form: CsvForm, edit: Edit): AsyncGenerator<string> {
  const columns = [...USUAL_COLUMNS, ...edit.columns.filter((one) => !USUAL_COLUMNS.includes(one as never))];
  yield recordText(columns, form);
  yield* appended(columns, form, edit);
}

async function* editedText(path: string, name: string, form: CsvForm, edit: Edit): AsyncGenerator<string> {
  let columns: readonly string[] | undefined;
  let added: string[] = [];
  let ended = true;
  for await (const records of readRecords(path, name, edit.onBytes)) {
    let text = '';
    const rows: RawRecord[] = [];
    for (const record of records) {
      if (columns || record.empty) rows.push(record);
      else {
        const known = header(record, name);
        added = edit.columns.filter((column) => !known.includes(column));
        columns = [...known, ...added];
        text += added.length > 0 ? headerText(record, added, form) : record.raw;
      }
    }
    text += columns
      ? await changed(rows, columns, added, name, form, edit)
      : rows.map(({ raw }) => raw).join('');
    if (text === '') continue;
    ended = /[\r\n]$/.test(text);
    yield text;
  }
  if (!columns) throw configurationError(`${name}:1:1 the list is empty`);
  for await (const text of appended(columns, form, edit)) {
    yield ended ? text : form.newline + text;
    ended = true;
  }
}

function headerText({ raw }: RawRecord, added: readonly string[], form: CsvForm): string {
  const end = /(?:\r\n|\n|\r)?$/.exec(raw)?.[0] ?? '';
  const more = recordText(added, form);
  return `${raw.slice(0, raw.length - end.length)}${form.delimiter}${more.slice(0, -form.newline.length)}${end || form.newline}`;
}

async function changed(
  records: readonly RawRecord[],
  columns: readonly string[],
  added: readonly string[],
  name: string,
  form: CsvForm,
  edit: Edit,
): Promise<string> {
  const data = records.filter(({ empty }) => !empty);
  const known = columns.slice(0, columns.length - added.length);
  const rows = data.map((record) => editRow(record, known));
  if (added.length > 0) refuseSurplus(rows, added, name);
  const changes = (await edit.change?.(rows)) ?? [];
  let at = 0;
  let text = '';
  for (const record of records) {
    const change = record.empty ? 'keep' : (changes[at++] ?? 'keep');
    if (change === 'keep') text += record.raw;
    else if (change !== 'remove') text += changedText(record, columns, change.values, form);
  }
  return text;
}

function editRow(record: RawRecord, columns: readonly string[]): EditRow {
  const row = rowOf(columns, record);
  return { row: subscriberOf(row), values: row.values, surplus: row.surplus };
}

/** A value beyond the header would become the value of an added column. */
function refuseSurplus(rows: readonly EditRow[], added: readonly string[], name: string): void {
  const bad = rows.find(({ surplus = 0 }) => surplus > 0)?.row;
  if (!bad) return;
  throw configurationError(
    `${name}:${bad.line}:1 the row has more values than the header has columns, so the column "${added[0]}" cannot be added`,
    { hint: 'fix that row, or leave the column out; `obn subscribers check` lists such rows' },
  );
}

/** Other values stay the same, including those beyond the header and in columns without a name. */
function changedText(
  { cells, raw }: RawRecord,
  columns: readonly string[],
  values: Readonly<Record<string, string>>,
  form: CsvForm,
): string {
  const named = (column: string) => (column === '' ? undefined : values[column]);
  const next = columns.map((column, index) => named(column) ?? cells[index] ?? '');
  const text = recordText([...next, ...cells.slice(columns.length)], form);
  return /[\r\n]$/.test(raw) ? text : text.slice(0, -form.newline.length);
}

async function* appended(columns: readonly string[], form: CsvForm, edit: Edit): AsyncGenerator<string> {
  if (!edit.append) return;
  for await (const rows of edit.append()) {
    yield rows
      .map((row) =>
        recordText(
          columns.map((column) => row[column] ?? ''),
          form,
        ),
      )
      .join('');
  }
}
