import { relative, resolve } from 'node:path';
import type { DateOrder } from '../audience/dates.js';
import { digestOf } from '../audience/edit.js';
import { draftImport, type ImportDraft, openExport, stageExport } from '../audience/import/import.js';
import type { Mapping } from '../audience/import/mapping.js';
import { Staging } from '../audience/import/staging.js';
import type { RowStatus } from '../audience/row-status.js';
import { suppressionLookup } from '../delivery/suppressed.js';
import { EXIT, ObnError } from '../findings/error.js';
import { fileSize } from '../platform/files.js';
import { type AppliedImport, applyImport, writeRefusedRows } from './apply-import.js';
import { makeImportFiles } from './import-files.js';
import type { ListSession } from './list-session.js';

export interface ImportOptions {
  /** The column of the list for each column of the file; an empty name leaves the column out. */
  readonly columns?: ReadonlyMap<string, string> | undefined;
  /** The meaning of each value of the status column, in any case. */
  readonly meanings?: ReadonlyMap<string, RowStatus> | undefined;
  /** The order of day and month, for dates that could be either. */
  readonly dates?: DateOrder | undefined;
  /** Stops reading. Nothing changes then. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the columns of the file are known, before its rows are read. */
  readonly onMapping?: ((mapping: Mapping) => void) | undefined;
  /** @param share how much of the file and the list was read, from 0 to 1 */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** A planned import. It keeps files until it is closed. */
export interface ImportPlan {
  readonly mapping: Mapping;
  readonly draft: ImportDraft;
  /** The rows of the file: counts by outcome, examples, and refused rows. */
  readonly rows: Pick<Staging, 'counts' | 'refusedCount' | 'examples' | 'refused'>;
  /** Whether the merged list differs from the list. */
  readonly changesList: boolean;
  /** Suppresses readers who unsubscribed, then replaces the list. @throws ObnError if the list has changed since */
  apply(): Promise<AppliedImport>;
  /**
   * Writes the refused rows as CSV: line, reason, and the original columns.
   * @param path default: a new file in `.obn/reports` @returns the path as given, or within the newsletter
   */
  writeRefused(path?: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * Reads an export from another platform, or another list, and merges it with the list into a draft. Nothing changes
 * before the plan is applied.
 * @param file path of a CSV file, relative to the host's folder
 * @throws ObnError if the file cannot be read, a column or a date is unclear, or the signal fires
 */
export async function planImport(
  session: ListSession,
  file: string,
  options: ImportOptions = {},
): Promise<ImportPlan> {
  const files = await makeImportFiles(session.newsletter.root);
  let rows: Staging | undefined;
  const close = async () => {
    rows?.close();
    await files.remove();
  };
  try {
    rows = new Staging(files.staging);
    const { mapping, draft } = await prepare(session, file, options, rows, files.draft);
    const changesList = await isAnother(draft, rows.counts().new, files.draft);
    const planned = { mapping, draft, rows, changesList, draftFile: files.draft };
    return {
      ...{ mapping, draft, rows, changesList, close },
      apply: () => applyImport(session, planned),
      writeRefused: (path) => writeRefusedRows(session, planned, path),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function prepare(
  { host, ledger, source }: ListSession,
  file: string,
  { columns = new Map(), meanings = new Map(), dates, signal, onMapping, onProgress }: ImportOptions,
  staging: Staging,
  draft: string,
): Promise<{ mapping: Mapping; draft: ImportDraft }> {
  const path = resolve(host.cwd, file);
  const total = (await fileSize(path)) + (await fileSize(source.path));
  let read = 0;
  const onBytes = (bytes: number) => {
    if (signal?.aborted) throw new ObnError(EXIT.stopped, 'stopped; nothing was changed');
    read += bytes;
    onProgress?.(Math.min(1, read / Math.max(1, total)));
  };
  const suppressed = await suppressionLookup({ ledger: ledger.readers, secrets: source.secrets });
  const reading = {
    ...{ path, name: relative(host.cwd, path) || file, overrides: columns, dates, staging },
    ...{
      suppressed,
      onBytes,
      meanings: new Map([...meanings].map(([value, to]) => [value.toLowerCase(), to])),
    },
  };
  const mapping = await openExport(reading);
  onMapping?.(mapping);
  const found = await stageExport(reading, mapping);
  const target = { path: source.path, name: source.name, draft, onBytes };
  return { mapping, draft: await draftImport(staging, found, target) };
}

/** Whether the draft differs from the list. A draft without rows is the same as no list. */
async function isAnother({ digest }: ImportDraft, added: number, draft: string): Promise<boolean> {
  return digest === '' ? added > 0 : (await digestOf(draft)) !== digest;
}
