import { basename } from 'node:path';
import { FileError } from '../../findings/error.js';
import { columnName } from '../../merge/expression.js';
import { exists, OWNER_ONLY, writeFile } from '../../platform/files.js';
import { parseAddress } from '../address.js';
import { brokenHeader, readColumns } from '../csv.js';
import type { DateOrder } from '../dates.js';
import type { OptOut } from '../duplicates.js';
import { type Change, type Edit, type EditRow, editList, USUAL_COLUMNS } from '../edit.js';
import { readRecords } from '../records.js';
import type { RowStatus } from '../row-status.js';
import { isSample } from '../samples.js';
import { recogniseFormat } from './formats.js';
import { type ImportRow, type Mapping, mapColumns, type RefusedRow, readExportRow } from './mapping.js';
import { mergeRow, newOutcome, newRow } from './merge.js';
import type { Outcome, StagedRow, Staging } from './staging.js';
import { surveyExport } from './survey.js';

export interface ImportOptions {
  /** The export. */
  readonly path: string;
  readonly name: string;
  /** Names for columns, in place of the names from the format. */
  readonly overrides: ReadonlyMap<string, string>;
  /** Meanings of values that obn cannot read as a status, in lowercase. */
  readonly meanings?: ReadonlyMap<string, RowStatus>;
  /** The order of day and month, if the dates do not show it. */
  readonly dates?: DateOrder | undefined;
  readonly staging: Staging;
  /** Opt-outs in the ledger. */
  suppressed(keys: readonly string[]): Promise<ReadonlyMap<string, OptOut>>;
  /** Called with the length of each piece that was read. */
  onBytes?(bytes: number): void;
}

/** Maps the columns of an export before its rows are read. @throws ObnError as {@link mapColumns} */
export async function openExport({
  path,
  name,
  overrides,
  meanings = new Map(),
}: ImportOptions): Promise<Mapping> {
  for await (const records of readRecords(path, name)) {
    const first = records.find(({ empty }) => !empty);
    if (!first) continue;
    if (first.fault) throw brokenHeader(name, first.line, first.fault);
    const header = [...first.cells];
    const mapping = mapColumns(recogniseFormat(header.map(columnName)), header, overrides);
    return { ...mapping, meanings };
  }
  throw new FileError(name, 1, 'the file is empty');
}

/**
 * Reads an export into the staging file. @returns the columns with values
 * @throws ObnError as {@link surveyExport}
 */
export async function stageExport(options: ImportOptions, opened: Mapping): Promise<Set<string>> {
  const { path, name, staging, suppressed } = options;
  const mapping = await surveyExport(path, name, opened, options.dates);
  const columns = new Set<string>();
  let begun = false;
  for await (const records of readRecords(path, name, options.onBytes)) {
    const rows: ImportRow[] = [];
    const refused: RefusedRow[] = [];
    for (const record of records) {
      if (record.empty) continue;
      const isHeader = !begun;
      begun = true;
      if (isHeader) continue;
      const row = readExportRow(mapping, record, basename(path));
      if ('key' in row) rows.push(row);
      else refused.push(row);
    }
    const gone = rows.length > 0 ? await suppressed(rows.map(({ key }) => key)) : new Map<string, OptOut>();
    if (rows.length > 0) staging.add(rows, gone);
    if (refused.length > 0) staging.refuse(refused);
    for (const { status, fields } of rows) {
      if (status !== 'subscribed' && status !== 'pending') continue;
      for (const column of Object.keys(fields)) columns.add(column);
      if (status === 'pending') columns.add('status');
    }
  }
  staging.finish();
  return columns;
}

export interface ImportTarget {
  /** The list. */
  readonly path: string;
  readonly name: string;
  /** The file for the merged list; it replaces the list after confirmation. */
  readonly draft: string;
  onBytes?(bytes: number): void;
}

export interface ImportDraft {
  /** Columns that are added to the list. */
  readonly added: readonly string[];
  /** The number of sample readers of `obn init` that are removed. */
  readonly samples: number;
  /** SHA-256 of the list before the merge; empty when there was none. */
  readonly digest: string;
}

/** Merges the staged rows with the list into a draft. The list itself is not changed. */
export async function draftImport(
  staging: Staging,
  wanted: ReadonlySet<string>,
  target: ImportTarget,
): Promise<ImportDraft> {
  const { path, name, draft, onBytes } = target;
  const known = exists(path) ? await readColumns(path, name) : USUAL_COLUMNS;
  const added = [...wanted].filter((column) => !known.some((one) => one === column));
  const columns = [...known, ...added];
  // The first real readers replace the samples.
  const isReal = staging.hasReaders();
  let samples = 0;
  const change = (rows: readonly EditRow[]) => {
    const isGone = rows.map(({ row }) => isReal && isSample(row));
    samples += isGone.filter(Boolean).length;
    const changes = changeRows(
      staging,
      rows.filter((_, index) => !isGone[index]),
      columns,
    );
    let at = 0;
    return isGone.map((gone): Change => (gone ? 'remove' : (changes[at++] ?? 'keep')));
  };
  const edit: Edit = {
    columns: added,
    change,
    append: () => newRows(staging, columns),
    ...(onBytes ? { onBytes } : {}),
  };
  const { bytes, digest } = await editList(path, name, edit);
  await writeFile(draft, bytes, OWNER_ONLY);
  return { added: exists(path) ? added : [], samples, digest: digest() };
}

function changeRows(staging: Staging, rows: readonly EditRow[], columns: readonly string[]) {
  const keys = rows.map(({ row }) => keyOf(row));
  const found = staging.find(keys.filter((key) => key !== undefined));
  const outcomes: [number, Outcome][] = [];
  const changes = rows.map((row, index) => {
    const staged: StagedRow | undefined = found.get(keys[index] ?? '');
    if (!staged) return 'keep' as const;
    const { change, outcome } = mergeRow(row, staged, columns);
    outcomes.push([staged.sequence, outcome]);
    return change;
  });
  staging.settle(outcomes);
  return changes;
}

/** The address key of a row, also when the row cannot be mailed for another reason. */
function keyOf(row: EditRow['row']): string | undefined {
  if ('key' in row) return row.key;
  const parsed = parseAddress(row.address);
  return 'key' in parsed ? parsed.key : undefined;
}

async function* newRows(
  staging: Staging,
  columns: readonly string[],
): AsyncGenerator<Record<string, string>[]> {
  for (const rows of staging.open()) {
    const outcomes = rows.map((row) => [row.sequence, newOutcome(row)] as const);
    staging.settle(outcomes);
    yield rows.filter((row) => newOutcome(row) === 'new').map((row) => newRow(row, columns));
  }
}
