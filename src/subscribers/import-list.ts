import type { DateOrder } from '../audience/dates.js';
import { changedMeanwhile, digestOf } from '../audience/edit.js';
import { draftImport, type ImportDraft, openExport, stageExport } from '../audience/import/import.js';
import type { Mapping } from '../audience/import/mapping.js';
import type { Staging } from '../audience/import/staging.js';
import { recordText } from '../audience/records.js';
import type { RowStatus } from '../audience/status-value.js';
import { openLedger } from '../campaign/open.js';
import { suppressionLookup } from '../delivery/suppressed.js';
import { EXIT, ObnError } from '../findings/error.js';
import type { Suppression } from '../ledger/readers.js';
import { fileSize, OWNER_ONLY, writeFile } from '../platform/files.js';
import type { ListSession } from './list-session.js';

interface Preparation {
  readonly path: string;
  readonly name: string;
  readonly overrides: ReadonlyMap<string, string>;
  readonly meanings: ReadonlyMap<string, RowStatus>;
  readonly dates: DateOrder | undefined;
  readonly staging: Staging;
  readonly draft: string;
  /** Called when the columns of the file are known, before its rows are read. */
  onMapping(mapping: Mapping): void;
}

/** Reads an export and merges it with the list into a draft; nothing is changed. */
export async function prepareImport(
  { context, ledger, source }: ListSession,
  { onMapping, draft, ...options }: Preparation,
): Promise<{ mapping: Mapping; draft: ImportDraft }> {
  const { output } = context;
  const { signal, dispose } = context.interruptible('Stopping; nothing is changed.');
  const total = (await fileSize(options.path)) + (await fileSize(source.path));
  let read = 0;
  const onBytes = (bytes: number) => {
    if (signal.aborted) throw new ObnError(EXIT.stopped, 'stopped; nothing was changed');
    read += bytes;
    const share = Math.min(1, read / Math.max(1, total));
    output.progress(`${Math.floor(share * 100)} % read`, share);
  };
  try {
    const suppressed = await suppressionLookup({ ledger, secrets: source.secrets });
    const reading = { ...options, suppressed, onBytes };
    const mapping = await openExport(reading);
    onMapping(mapping);
    const columns = await stageExport(reading, mapping);
    const target = { path: source.path, name: source.name, draft, onBytes };
    return { mapping, draft: await draftImport(options.staging, columns, target) };
  } finally {
    dispose();
  }
}

/** Puts the merged list in the place of the list, unless that has been changed since it was merged. */
export async function replaceList(
  { path, name }: { readonly path: string; readonly name: string },
  draft: ImportDraft,
  backUp: () => Promise<string | undefined>,
  bytes: AsyncIterable<Uint8Array>,
): Promise<string | undefined> {
  const backup = await backUp();
  if ((await digestOf(path)) !== draft.digest) throw changedMeanwhile(name);
  await writeFile(path, bytes, OWNER_ONLY);
  return backup;
}

/** Suppresses those of whom an export says that they left or bounced. @returns of how many that is news */
export async function suppressLeft(
  { context, newsletter }: ListSession,
  staging: Staging,
  url: string | undefined,
): Promise<number> {
  const ledger = await openLedger(newsletter, context, { ledger: url, create: true });
  try {
    const since = context.clock.now();
    let news = 0;
    for (const rows of staging.optOuts()) {
      const suppressions = rows.flatMap(({ key, status }): Suppression[] =>
        status === 'subscribed' || status === 'pending'
          ? []
          : [{ key, reason: status, source: 'import', since }],
      );
      news += await ledger.suppressAll(suppressions);
    }
    return news;
  } finally {
    await ledger.close();
  }
}

/** Every refused row: its line, why, and its columns as they were. */
export async function* refusedCsv({ columns }: Mapping, staging: Staging): AsyncGenerator<string> {
  const form = { delimiter: ',', newline: '\n', encoding: 'utf-8', mark: false } as const;
  yield recordText(['obn_line', 'obn_reason', 'obn_detail', ...columns.map(({ from }) => from)], form);
  for (const { line, reason, detail, cells } of staging.refused()) {
    yield recordText([String(line), reason, detail, ...cells], form);
  }
}
