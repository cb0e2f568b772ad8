import { abandonDead } from '../delivery/resume.js';
import { type Progress, progressOfSend } from '../delivery/state.js';
import type { Channel } from '../ledger/send.js';
import { requireFullLedger } from './full-ledger.js';
import { refuseForeign } from './preconditions.js';
import { readRescue } from './rescue.js';
import type { SendJob } from './send-request.js';

/** The earlier send of an issue in the ledger. */
export interface EarlierSend extends Progress {
  /** Deliveries of dead processes, which have just become `unknown`. */
  readonly lost: number;
}

/**
 * Finds the earlier send of an issue, after reading rescue files and giving up the claims of dead processes.
 * A dry run changes nothing.
 * @param isAccepting whether a person is about to accept an incomplete ledger
 * @throws ObnError if the ledger is incomplete and not being accepted
 */
export async function findEarlierSend(
  job: SendJob,
  issue: number,
  channel: Channel,
  isAccepting: boolean,
): Promise<EarlierSend | undefined> {
  const { campaign, request, reporter } = job;
  const { newsletter, ledger, host } = campaign;
  const isSending = !request.dryRun && !isAccepting;
  if (channel === 'live' && isSending) await requireFullLedger(job, issue);
  const send = await ledger.deliveries.find(issue, channel);
  if (!send) return undefined;
  refuseForeign(send, newsletter);
  if (isSending) await readRescue(campaign, send, reporter);
  const now = host.clock.now();
  const lost = request.dryRun ? 0 : await abandonDead(ledger.deliveries, send.id, now);
  if (lost > 0) reporter.notice?.({ kind: 'claimsLost', count: lost });
  return { ...(await progressOfSend(ledger.deliveries, send, now)), lost };
}
