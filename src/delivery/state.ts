import { PRESENT_MS } from '../ledger/delivery.js';
import type { DeliveryStore } from '../ledger/delivery-store.js';
import type { Counts, Send } from '../ledger/send.js';
import { mayBeRunning } from '../platform/process.js';

export type IssueState =
  | 'draft'
  | 'unsent'
  | 'scheduled'
  | 'sending'
  | 'paused'
  | 'sent'
  | 'partial'
  | 'rehearsed';

export interface Progress {
  readonly send: Send;
  readonly counts: Counts;
  /** How many of the unknown were rejected by their latest attempt, while an earlier one may have arrived. */
  readonly rejectedInDoubt: number;
  readonly state: IssueState;
}

/** The progress of an issue in the ledger: its live send, or its latest rehearsal. */
export async function progressOf(
  deliveries: DeliveryStore,
  issue: number,
  now: number,
): Promise<Progress | undefined> {
  const send = (await deliveries.find(issue, 'live')) ?? (await deliveries.find(issue, 'rehearsal'));
  return send && progressOfSend(deliveries, send, now);
}

export async function progressOfSend(deliveries: DeliveryStore, send: Send, now: number): Promise<Progress> {
  const counted = await countOf(deliveries, send);
  return { send, ...counted, state: stateOf(send, counted.counts, await isAtWork(deliveries, send, now)) };
}

/**
 * Leaves a send, and returns its progress without this worker. Counts first, because others may start a finished
 * rehearsal over when no worker is present.
 */
export async function leaveSend(
  deliveries: DeliveryStore,
  send: Send,
  worker: string,
  now: number,
): Promise<Progress> {
  const last = (await deliveries.find(send.issue, send.channel)) ?? send;
  const counted = await countOf(deliveries, send);
  await deliveries.leave(send.id, worker, now);
  return {
    send: last,
    ...counted,
    state: stateOf(last, counted.counts, await isAtWork(deliveries, send, now)),
  };
}

async function countOf(
  deliveries: DeliveryStore,
  { id }: Send,
): Promise<Pick<Progress, 'counts' | 'rejectedInDoubt'>> {
  const counts = await deliveries.counts(id);
  return { counts, rejectedInDoubt: counts.unknown > 0 ? await deliveries.rejectedInDoubt(id) : 0 };
}

/** Whether a process is sending. A dead process is detected immediately on this machine, and later on others. */
async function isAtWork(deliveries: DeliveryStore, send: Send, now: number): Promise<boolean> {
  const present = await deliveries.present(send.id);
  return present.some(({ worker, seenAt }) => now - seenAt < PRESENT_MS && mayBeRunning(worker));
}

function stateOf(send: Send, counts: Counts, atWork: boolean): IssueState {
  if (counts.queued + counts.claimed > 0) return atWork ? 'sending' : 'paused';
  if (send.channel === 'rehearsal') return 'rehearsed';
  return counts.rejected + counts.unknown > 0 ? 'partial' : 'sent';
}

/** The state of an issue that is not in the ledger, from its file. */
export function stateOfFile(issue: { draft: boolean; send_at?: string | undefined }): IssueState {
  if (issue.draft) return 'draft';
  return issue.send_at ? 'scheduled' : 'unsent';
}
