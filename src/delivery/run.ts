import type { Claim, Ledger, Send, Settlement } from '../ledger/ledger.js';
import { Flight, type FlightOptions, POLL_MS, type RunEnd } from './flight.js';
import { abandonDead } from './resume.js';

export interface RunOptions extends FlightOptions {
  readonly send: Send;
  readonly ledger: Ledger;
  /** This process, as others on the ledger know it. */
  readonly worker: string;
}

/** Longer than any transport waits for an answer; then others may call the claim lost. */
const LEASE_MS = 30 * 60_000;

/**
 * Sends what is queued: claims durably, hands over, settles, until nothing is left. Settlements and the next claims go
 * into the ledger in one transaction, so that a busy run commits groups and a slow one single messages. The caller
 * closes the transport, and says that the worker has left when it has seen how things stand.
 */
export async function runDelivery(options: RunOptions): Promise<RunEnd> {
  const { ledger, clock, signal } = options;
  const send = options.send.id;
  const flight = new Flight(options);
  flight.shareWith(await ledger.join(send, options.worker, clock.now()));
  for (;;) {
    const ending = flight.ending();
    const wanted = ending ? 0 : flight.take();
    const claims = await exchange(options, flight, wanted);
    flight.start(claims, wanted);
    if (flight.inFlight > 0) await flight.change(wanted > claims.length);
    else if (flight.hasAnswers) continue;
    else if (ending) return ending;
    else if (wanted === 0) await clock.sleep(Math.min(flight.pause(), POLL_MS), signal);
    else if (claims.length === 0 && !(await waitForMore(options))) return { kind: 'finished' };
  }
}

/** Settles what has been answered, and claims what is wanted. */
async function exchange(options: RunOptions, flight: Flight, limit: number): Promise<Claim[]> {
  const { ledger, clock, worker, send } = options;
  const now = clock.now();
  const settlements = flight.drain();
  try {
    if (flight.isSeenAgain()) flight.shareWith(await ledger.join(send.id, worker, now));
    return await ledger.exchange(send.id, now, settlements, { worker, limit, leaseUntil: now + LEASE_MS });
  } catch (error) {
    await saveAnswers(options, settlements, flight);
    throw error;
  }
}

/** When the ledger fails, what is in flight still gets its answer, and what is known a last chance to be written. */
async function saveAnswers({ ledger, send, clock, worker }: RunOptions, known: Settlement[], flight: Flight) {
  await flight.landed();
  const settlements = [...known, ...flight.drain()];
  const nothing = { worker, limit: 0, leaseUntil: 0 };
  await ledger.exchange(send.id, clock.now(), settlements, nothing).catch(() => undefined);
}

/** Waits for deliveries that may come back into the queue; false: every delivery has ended. */
async function waitForMore({ ledger, send, clock, signal }: RunOptions): Promise<boolean> {
  await ledger.withdraw(send);
  const due = await ledger.nextDue(send.id);
  if (due !== undefined) {
    await clock.sleep(Math.min(POLL_MS, Math.max(1, due - clock.now())), signal);
    return true;
  }
  await abandonDead(ledger, send.id, clock.now());
  if ((await ledger.holders(send.id)).length === 0) return (await ledger.nextDue(send.id)) !== undefined;
  await clock.sleep(POLL_MS, signal);
  return true;
}
