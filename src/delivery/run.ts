import type { Claim, Doubtful, Settlement, WorkerShare } from '../ledger/delivery.js';
import type { DeliveryStore } from '../ledger/delivery-store.js';
import type { Send } from '../ledger/send.js';
import { Handover, type HandoverOptions, LedgerReplaced } from './handover.js';
import { type FlightOptions, InFlight, POLL_MS, type RunEnd } from './in-flight.js';
import { rescued } from './rescue.js';
import { abandonDead } from './resume.js';
import { LONGEST_WAIT_MS } from './retry.js';

export interface RunOptions extends FlightOptions {
  readonly send: Send;
  readonly ledger: DeliveryStore;
  /** The name of this process in the ledger. */
  readonly worker: string;
  /** Writes the witness; undefined for a rehearsal. */
  readonly witness?: HandoverOptions;
  /** Keeps results that the ledger could not record. */
  rescue?(deliveries: readonly Doubtful[]): Promise<void>;
}

/** A claim expires after this long without a report from its worker, which reports every second. */
const LEASE_MS = 3 * 60_000;

/**
 * Sends queued messages: claims durably, hands over, settles, until nothing is left. Settlements and the next claims go
 * into the ledger in one transaction, so that a busy run commits groups and a slow one single messages. The caller
 * closes the transport, and reports that the worker has left after reading the final progress.
 */
export async function runDelivery(options: RunOptions): Promise<RunEnd> {
  const { clock, signal } = options;
  const flight = new InFlight(options);
  const handover = await Handover.begin(options.ledger, options.send, options.witness);
  flight.shareWith(await join(options));
  for (;;) {
    options.onTick?.();
    const ending = flight.ending();
    const wanted = ending ? 0 : flight.take();
    const claims = await exchange(options, flight, handover, wanted);
    flight.start(claims, wanted);
    if (flight.inFlight > 0) await flight.change(wanted > claims.length);
    else if (flight.hasAnswers) continue;
    else if (ending) return ending;
    else if (wanted === 0) await clock.sleep(Math.min(flight.pause(), POLL_MS), signal);
    else if (claims.length === 0 && !(await waitForMore(options))) return { kind: 'finished' };
  }
}

/** Reports that this worker is present. */
function join({ ledger, send, worker, clock }: RunOptions): Promise<WorkerShare> {
  const now = clock.now();
  return ledger.join(send.id, worker, now, now + LEASE_MS);
}

/** Settles answers, and claims the next messages. */
async function exchange(
  options: RunOptions,
  flight: InFlight,
  handover: Handover,
  limit: number,
): Promise<Claim[]> {
  const { ledger, clock, worker, send } = options;
  const now = clock.now();
  const settlements = flight.drain();
  try {
    if (flight.isSeenAgain()) {
      flight.shareWith(await join(options));
      await handover.verify();
    }
    const request = { worker, limit, leaseUntil: now + LEASE_MS };
    const claims = await ledger.exchange(send.id, now, settlements, request);
    await handover.admit(claims);
    return claims;
  } catch (error) {
    await saveAnswers(options, settlements, flight, error);
    throw error;
  }
}

/**
 * After the ledger fails, waits for the answers in flight and tries once more to record all answers. Those that
 * the ledger cannot record, or that went into a replaced ledger, are kept in a rescue file.
 */
async function saveAnswers(
  { ledger, send, clock, worker, rescue }: RunOptions,
  known: Settlement[],
  flight: InFlight,
  failure: unknown,
) {
  await flight.landed();
  const settlements = [...known, ...flight.drain()];
  const nothing = { worker, limit: 0, leaseUntil: 0 };
  const isSaved = await ledger.exchange(send.id, clock.now(), settlements, nothing).then(
    () => !(failure instanceof LedgerReplaced),
    () => false,
  );
  const deliveries = isSaved ? [] : rescued(settlements);
  if (deliveries.length > 0) await rescue?.(deliveries);
}

/** Waits for deliveries that may return to the queue. @returns false if every delivery has ended */
async function waitForMore(options: RunOptions): Promise<boolean> {
  const { ledger, send, clock, signal } = options;
  await ledger.withdraw(send);
  const due = await ledger.nextDue(send.id);
  if (due !== undefined) {
    const wait = due - clock.now();
    // No deferral is this long, so the clock of the machine was set back.
    if (wait > LONGEST_WAIT_MS) await ledger.refresh(send.id, clock.now());
    await clock.sleep(Math.min(POLL_MS, Math.max(1, wait)), signal);
    return true;
  }
  await abandonDead(ledger, send.id, clock.now());
  const holders = await ledger.holders(send.id);
  if (holders.length === 0) return (await ledger.nextDue(send.id)) !== undefined;
  options.onTick?.(waitText(holders));
  await clock.sleep(POLL_MS, signal);
  return true;
}

function waitText(holders: readonly { worker: string; leaseUntil: number; claims: number }[]): string {
  const claims = holders.reduce((sum, holder) => sum + holder.claims, 0);
  const until = Math.max(...holders.map(({ leaseUntil }) => leaseUntil));
  const workers = holders.map(({ worker }) => worker).join(', ');
  const time = new Date(until).toISOString().slice(11, 19);
  return `waiting for ${claims} in flight at ${workers}; unknown at ${time} UTC unless it reports`;
}
