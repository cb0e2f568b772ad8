import { resolve } from 'node:path';
import { failuresCsv } from '../delivery/failures.js';
import type { Progress } from '../delivery/state.js';
import { messageOf } from '../findings/error.js';
import type { Ledger } from '../ledger/ledger.js';
import { OWNER_ONLY, removeFile, writeFile } from '../platform/files.js';
import type { SendSession } from './session.js';

/** Leaves a file of those who were not accepted, as long as there are any. What was sent is sent, with it or without. */
export async function keepReport(
  { context, newsletter }: SendSession,
  { send, counts }: Progress,
  ledger: Ledger,
): Promise<void> {
  const name = `.obn/reports/${String(send.issue).padStart(3, '0')}.csv`;
  const path = resolve(newsletter.root, name);
  try {
    if (counts.rejected + counts.unknown === 0) return await removeFile(path);
    await writeFile(path, failuresCsv(ledger.failures(send.id)), OWNER_ONLY);
    context.output.talk(`Who was not accepted, and why: ${name}`);
  } catch (error) {
    context.output.talk(`There is no report: ${messageOf(error)}`);
  }
}
