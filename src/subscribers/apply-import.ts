import { join, resolve } from 'node:path';
import { changedMeanwhile, digestOf } from '../audience/edit.js';
import type { ImportDraft } from '../audience/import/import.js';
import type { Mapping } from '../audience/import/mapping.js';
import type { Staging } from '../audience/import/staging.js';
import { recordText } from '../audience/records.js';
import type { Suppression } from '../ledger/reader-store.js';
import { OWNER_ONLY, readChunks, writeFile } from '../platform/files.js';
import { backUp, stamp } from './list-files.js';
import type { ListSession } from './list-session.js';

/** A planned import. */
export interface PlannedImport {
  readonly mapping: Mapping;
  readonly draft: ImportDraft;
  readonly rows: Pick<Staging, 'counts' | 'optOuts' | 'refused'>;
  /** The file with the merged list. */
  readonly draftFile: string;
  readonly changesList: boolean;
}

/** The result of an import. */
export interface AppliedImport {
  /** The backup of the list, by its path within the newsletter; undefined: there was no list, or no change. */
  readonly backup: string | undefined;
  /** How many addresses were newly suppressed. */
  readonly suppressed: number;
}

/**
 * Suppresses readers who unsubscribed or bounced, then replaces the list. If the second step fails, none of them is mailed.
 * @throws ObnError if the list has changed since it was merged
 */
export async function applyImport(session: ListSession, planned: PlannedImport): Promise<AppliedImport> {
  const { rows, draft, draftFile, changesList } = planned;
  const suppressed = rows.counts().gone > 0 ? await suppressLeft(session, rows) : 0;
  const backup = changesList ? await replaceList(session, draft, readChunks(draftFile)) : undefined;
  return { backup, suppressed };
}

async function replaceList(
  session: ListSession,
  draft: ImportDraft,
  bytes: AsyncIterable<Uint8Array>,
): Promise<string | undefined> {
  const { path, name } = session.source;
  const backup = await backUp(session);
  if ((await digestOf(path)) !== draft.digest) throw changedMeanwhile(name);
  await writeFile(path, bytes, OWNER_ONLY);
  return backup;
}

/** Suppresses readers who unsubscribed or bounced according to the file. @returns how many are newly suppressed */
function suppressLeft({ host, writing }: ListSession, rows: PlannedImport['rows']): Promise<number> {
  return writing(async ({ ledger }) => {
    const since = host.clock.now();
    let news = 0;
    for (const page of rows.optOuts()) {
      const suppressions = page.flatMap(({ key, status }): Suppression[] =>
        status === 'subscribed' || status === 'pending'
          ? []
          : [{ key, reason: status, source: 'import', since }],
      );
      news += await ledger.readers.suppressAll(suppressions);
    }
    return news;
  });
}

/**
 * Writes the refused rows as CSV: line, reason, and the original columns.
 * @param path relative to the host's folder; default: a new file in `.obn/reports` @returns the path as given, or within the newsletter
 */
export async function writeRefusedRows(
  { host, newsletter }: ListSession,
  { mapping, rows }: PlannedImport,
  path?: string,
): Promise<string> {
  const name = path ?? `.obn/reports/import-${stamp(host.clock.now())}.csv`;
  const file = path === undefined ? join(newsletter.root, name) : resolve(host.cwd, path);
  await writeFile(file, refusedCsv(mapping, rows), OWNER_ONLY);
  return name;
}

async function* refusedCsv({ columns }: Mapping, rows: PlannedImport['rows']): AsyncGenerator<string> {
  const form = { delimiter: ',', newline: '\n', encoding: 'utf-8', mark: false } as const;
  yield recordText(['obn_line', 'obn_reason', 'obn_detail', ...columns.map(({ from }) => from)], form);
  for (const { line, reason, detail, cells } of rows.refused()) {
    yield recordText([String(line), reason, detail, ...cells], form);
  }
}
