import { resolve } from 'node:path';
import { failuresCsv } from '../delivery/failures.js';
import type { Progress } from '../delivery/state.js';
import { messageOf } from '../findings/error.js';
import { OWNER_ONLY, removeFile, writeFile } from '../platform/files.js';
import type { Campaign } from './open-campaign.js';
import type { SendReporter } from './reporter.js';

/** Writes a report of undelivered addresses, if there are any. An error here does not fail the send. */
export async function keepReport(
  { newsletter, ledger }: Pick<Campaign, 'newsletter' | 'ledger'>,
  { send, counts }: Progress,
  reporter: SendReporter,
): Promise<void> {
  const file = `.obn/reports/${String(send.issue).padStart(3, '0')}.csv`;
  const path = resolve(newsletter.root, file);
  try {
    if (counts.rejected + counts.unknown === 0) return await removeFile(path);
    await writeFile(path, failuresCsv(ledger.deliveries.failures(send.id)), OWNER_ONLY);
    reporter.notice?.({ kind: 'reportKept', file });
  } catch (error) {
    reporter.notice?.({ kind: 'reportMissing', reason: messageOf(error) });
  }
}
