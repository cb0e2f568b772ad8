import { RescueFiles } from '../delivery/rescue.js';
import type { Doubtful } from '../ledger/delivery.js';
import type { Send } from '../ledger/send.js';
import { ledgerFile } from '../ledger/table.js';
import { workerName } from '../platform/process.js';
import type { Campaign } from './open-campaign.js';
import type { SendReporter } from './reporter.js';

function rescueFiles({ newsletter, ledgerUrl }: Campaign): RescueFiles {
  return new RescueFiles(newsletter.root, ledgerFile(ledgerUrl, newsletter.root));
}

/** Writes results that the ledger could not record to a rescue file, and reports its path. */
export async function keepRescue(
  campaign: Campaign,
  send: Send,
  deliveries: readonly Doubtful[],
  reporter: SendReporter,
): Promise<void> {
  const id = workerName().replace(/[^\w-]+/g, '-');
  const kept = await rescueFiles(campaign).write(send, deliveries, id);
  const count = deliveries.length;
  if ('path' in kept) reporter.notice?.({ kind: 'unrecorded', count, file: kept.path });
  else reporter.notice?.({ kind: 'unrescued', count, reason: kept.trouble });
}

/** Records the rescue files of earlier runs in the ledger. */
export async function readRescue(campaign: Campaign, send: Send, reporter: SendReporter): Promise<void> {
  const { ledger, host } = campaign;
  const count = await rescueFiles(campaign).apply(ledger.deliveries, send, host.clock.now());
  if (count > 0) reporter.notice?.({ kind: 'rescued', count });
}
