import { EXIT, ObnError } from '../../findings/error.js';
import { breathe } from '../../platform/thread.js';
import { type FrozenRecipient, PRESENT_MS } from '../delivery.js';
import { FORGOTTEN } from '../reader-store.js';
import type { FreezeHeader, FreezeResult, Send } from '../send.js';
import type { Database } from './database.js';
import * as sql from './statements.js';

type Outcome = { readonly created: Send } | { readonly before: sql.SendRow };

/** Small enough that signals and timers run between two batches. */
const COPY_ROWS = 5_000;

/**
 * Freezes a send, or finds the one already frozen. First reads the list into a temporary table, which other
 * processes do not notice, then copies it into the ledger in one short transaction. Only that blocks other writers.
 */
export async function freeze(
  database: Database,
  header: FreezeHeader,
  recipients: AsyncIterable<readonly FrozenRecipient[]>,
  result: () => FreezeResult,
): Promise<Outcome> {
  const known = unfinished(database, header);
  if (known) return { before: known };
  const forgotten = forgottenMark(database);
  try {
    const count = await stage(database, recipients);
    const frozen = result();
    return await database.longTransaction(async () => {
      const before = unfinished(database, header);
      if (before) return { before };
      if (forgottenMark(database) !== forgotten) throw forgottenMeanwhile();
      return { created: await copy(database, header, count, frozen) };
    });
  } finally {
    database.run(sql.DROP_STAGED);
  }
}

/** The send that must not be replaced: a live one, or a rehearsal that is unfinished or has a present worker. */
function unfinished(database: Database, { issue, channel, now }: FreezeHeader): sql.SendRow | undefined {
  const [before] = database.all<sql.SendRow>(sql.FIND, issue, channel);
  if (!before || channel === 'live') return before;
  const counts = database.all<{ state: string }>(sql.COUNTS, before.id);
  if (counts.some(({ state }) => state === 'queued' || state === 'claimed')) return before;
  const watched = database
    .all<{ seenAt: number }>(sql.PRESENT, before.id)
    .some(({ seenAt }) => now - seenAt < PRESENT_MS);
  return watched ? before : undefined;
}

/** @returns how many recipients there are */
async function stage(
  database: Database,
  recipients: AsyncIterable<readonly FrozenRecipient[]>,
): Promise<number> {
  database.run(sql.DROP_STAGED);
  database.run(sql.CREATE_STAGED);
  let count = 0;
  for await (const batch of recipients) {
    const rows = batch.map(({ key, address, name, reference, fields }) => [
      ...[key, address, name, reference],
      JSON.stringify(fields),
    ]);
    database.run(sql.STAGE, count, JSON.stringify(rows));
    count += batch.length;
  }
  return count;
}

async function copy(
  database: Database,
  { issue, channel, transport, message, digest, now }: FreezeHeader,
  count: number,
  { audience, audienceDigest }: FreezeResult,
): Promise<Send> {
  const [finished] = database.all<sql.SendRow>(sql.FIND, issue, channel);
  if (finished) database.run(sql.DELETE_SEND, finished.id);
  const list = { id: message.list.id, name: message.list.name };
  const values = [
    issue,
    channel,
    transport,
    JSON.stringify(message),
    list.id,
    list.name,
    digest,
    now,
  ] as const;
  const id = database.all<{ id: number }>(sql.INSERT_SEND, ...values)[0]?.id ?? 0;
  for (let first = 0; first < count; first += COPY_ROWS) {
    database.run(sql.COPY_STAGED, id, now, first, first + COPY_ROWS);
    await breathe();
  }
  const excluded = JSON.stringify(audience.excluded);
  database.run(sql.COMPLETE_SEND, audience.listed, audience.eligible, excluded, audienceDigest, id);
  const facts = { id, issue, channel, transport, list, digest, audience, audienceDigest };
  return { ...facts, createdAt: now, pausedBy: null, retries: 0 };
}

/** Changes when a reader is erased. A staged row of that reader would otherwise still be mailed. */
function forgottenMark(database: Database): string {
  return JSON.stringify(database.all(sql.FORGOTTEN_MARK, FORGOTTEN, `${FORGOTTEN}\u{10ffff}`));
}

function forgottenMeanwhile(): ObnError {
  return new ObnError(EXIT.stopped, 'a reader was erased while the list was being read; nothing was sent', {
    hint: 'run the same command again',
  });
}
