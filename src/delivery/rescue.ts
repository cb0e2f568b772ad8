import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { configurationError, messageOf, ObnError } from '../findings/error.js';
import type { Doubtful, Settlement } from '../ledger/delivery.js';
import type { DeliveryStore } from '../ledger/delivery-store.js';
import type { Send } from '../ledger/send.js';
import { listFolder, OWNER_ONLY, readUtf8, removeFile, writeFile } from '../platform/files.js';

const whole = z.number().int().nonnegative();

/** Results that a ledger could not record, and their send. It contains no addresses. */
const schema = z.object({
  issue: whole,
  send: whole,
  createdAt: z.number(),
  audienceDigest: z.string(),
  deliveries: z.array(
    z.object({
      sequence: whole,
      attempt: whole,
      state: z.literal('unknown'),
      code: z.string(),
      reason: z.string(),
    }),
  ),
});

/** The results to keep. A delivery that went back into the queue was not accepted, and needs no record. */
export function rescued(settlements: readonly Settlement[]): Doubtful[] {
  return settlements.flatMap((one) => {
    if (one.state === 'queued') return [];
    const said = one.state === 'accepted' ? `accepted as ${one.messageId}` : `${one.code}: ${one.reason}`;
    const reason = `the ledger could not record the answer (${one.state}, ${said})`;
    return [{ sequence: one.sequence, attempt: one.attempt, code: 'unrecorded', reason }];
  });
}

/** The rescue files: beside the ledger's file, or in `.obn` if the ledger is on a server. */
export class RescueFiles {
  private readonly folder: string;
  private readonly prefix: string;

  constructor(root: string, ledgerFile: string | undefined) {
    this.folder = ledgerFile === undefined ? join(root, '.obn') : dirname(ledgerFile);
    this.prefix = `${ledgerFile === undefined ? 'ledger' : basename(ledgerFile)}.rescue-`;
  }

  /**
   * Writes results that the ledger could not record. @param id identifies this run
   * @returns the path, or why the file could not be written
   */
  async write(
    { issue, id: send, createdAt, audienceDigest }: Send,
    deliveries: readonly Doubtful[],
    id: string,
  ): Promise<{ readonly path: string } | { readonly trouble: string }> {
    const path = join(this.folder, `${this.prefix}${String(issue).padStart(3, '0')}-${id}.json`);
    const rows = deliveries.map((one) => ({ ...one, state: 'unknown' }));
    const document = { issue, send, createdAt, audienceDigest, deliveries: rows };
    try {
      await writeFile(path, `${JSON.stringify(document, null, 1)}\n`, OWNER_ONLY);
      return { path };
    } catch (error) {
      return { trouble: messageOf(error) };
    }
  }

  /**
   * Makes the deliveries in the rescue files of a send `unknown`, and removes the files. Files of other sends stay.
   * @returns how many deliveries
   */
  async apply(deliveries: DeliveryStore, send: Send, now: number): Promise<number> {
    let count = 0;
    for (const name of await listFolder(this.folder)) {
      if (!name.startsWith(this.prefix) || !name.endsWith('.json')) continue;
      const path = join(this.folder, name);
      const found = await readRescue(path);
      if (!isOf(found, send)) continue;
      count += await deliveries.doubt(send.id, found.deliveries, now);
      await removeFile(path);
    }
    return count;
  }
}

async function readRescue(path: string): Promise<z.output<typeof schema>> {
  try {
    return schema.parse(JSON.parse(await readUtf8(path)));
  } catch (error) {
    if (error instanceof ObnError) throw error;
    throw configurationError(`the rescue file ${path} cannot be read`, {
      hint: 'restore it, or move it away to keep the deliveries as they are in the ledger',
      cause: error,
    });
  }
}

function isOf(found: z.output<typeof schema>, send: Send): boolean {
  return (
    found.issue === send.issue &&
    found.send === send.id &&
    found.createdAt === send.createdAt &&
    found.audienceDigest === send.audienceDigest
  );
}
