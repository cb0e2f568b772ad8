import { messageOf } from '../findings/error.js';
import type { Claim, Ledger, Send, Settlement } from '../ledger/ledger.js';
import type { Addressee, MessageWriter, OutgoingMessage } from '../message/writer.js';
import type { Clock } from '../platform/clock.js';
import type { SendResult, Transport } from '../transport/transport.js';
import { Guard } from './guard.js';
import { Pacer } from './pacer.js';
import { abandonDead } from './resume.js';
import { settlementFor } from './retry.js';

export interface RunOptions {
  readonly send: Send;
  readonly ledger: Ledger;
  readonly transport: Transport;
  readonly writer: Pick<MessageWriter, 'write'>;
  readonly clock: Clock;
  /** This process, as others on the ledger know it. */
  readonly worker: string;
  /** Messages per second at most; undefined: as fast as the transport takes them. */
  readonly rate: number | undefined;
  /** Hand over at most so many this time. */
  readonly limit: number | undefined;
  /** When it fires, nothing more is claimed, and what is in flight finishes. */
  readonly signal: AbortSignal;
  /** Called after every answer. */
  onResult?(result: SendResult): void;
}

/** Why a run came to its end. */
export type RunEnd =
  | { readonly kind: 'finished' | 'interrupted' | 'limit' }
  | { readonly kind: 'paused'; reason: string };

/** Longer than any transport waits for an answer; then others may call the claim lost. */
const LEASE_MS = 10 * 60_000;
/** How long a first answer waits for others, to be committed with them. */
const GROUP_MS = 2;
/** How often to look whether other workers have finished, or have died. */
const POLL_MS = 1_000;

/**
 * Sends what is queued: claims durably, hands over, settles, until nothing is left. Settlements and the next claims go
 * into the ledger in one transaction, so that a busy run commits groups and a slow one single messages. The transport
 * is closed by whoever has opened it.
 */
export async function runDelivery(options: RunOptions): Promise<RunEnd> {
  const { ledger, clock, signal } = options;
  const send = options.send.id;
  const run = new Run(options);
  try {
    for (;;) {
      const ending = run.ending();
      const wanted = ending ? 0 : run.take();
      const settlements = run.drain();
      const now = clock.now();
      if (run.isSeenAgain(now)) await ledger.seen(send, now);
      const request = { worker: options.worker, limit: wanted, leaseUntil: now + LEASE_MS };
      const claims = await ledger.exchange(send, now, settlements, request).catch(async (error: unknown) => {
        await saveAnswers(options, settlements, run);
        throw error;
      });
      run.start(claims, wanted);
      if (run.inFlight > 0) await run.change(wanted > claims.length);
      else if (run.hasAnswers) continue;
      else if (ending) return ending;
      else if (wanted === 0) await clock.sleep(Math.min(run.pause(), POLL_MS), signal);
      else if (claims.length === 0 && !(await waitForMore(options))) return { kind: 'finished' };
    }
  } finally {
    await ledger.seen(send, 0).catch(() => undefined);
  }
}

/** When the ledger fails, what is in flight still gets its answer, and what is known a last chance to be written. */
async function saveAnswers({ ledger, send, clock, worker }: RunOptions, known: Settlement[], run: Run) {
  await run.landed();
  const settlements = [...known, ...run.drain()];
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

/** What is going on in a run: what is in flight, what has been answered, and what allows the next. */
class Run {
  inFlight = 0;
  private handedOver = 0;
  private seenAt = Number.NEGATIVE_INFINITY;
  private readonly settled: Settlement[] = [];
  private readonly guard = new Guard();
  private readonly pacer: Pacer;
  private readonly startedAt: number;
  private paused: string | undefined;
  private wake: () => void = () => undefined;

  constructor(private readonly options: RunOptions) {
    this.startedAt = options.clock.now();
    this.pacer = new Pacer(options.rate, this.startedAt, options.transport.batch);
  }

  /** Why nothing more may be claimed, if so. */
  ending(): RunEnd | undefined {
    const { signal, limit } = this.options;
    if (this.paused !== undefined) return { kind: 'paused', reason: this.paused };
    if (signal.aborted) return { kind: 'interrupted' };
    return limit !== undefined && this.handedOver >= limit ? { kind: 'limit' } : undefined;
  }

  /** How many messages may be claimed now. */
  take(): number {
    const { limit, transport, clock } = this.options;
    const free = transport.concurrency * transport.batch - this.inFlight;
    const left = limit === undefined ? free : Math.min(free, limit - this.handedOver);
    return left > 0 ? this.pacer.take(left, clock.now()) : 0;
  }

  pause(): number {
    return Math.max(1, this.pacer.wait(this.options.clock.now()));
  }

  /** Whether answers wait to be settled. */
  get hasAnswers(): boolean {
    return this.settled.length > 0;
  }

  /** Whether it is time to say again that somebody is at this send. */
  isSeenAgain(now: number): boolean {
    if (now - this.seenAt < POLL_MS) return false;
    this.seenAt = now;
    return true;
  }

  drain(): Settlement[] {
    return this.settled.splice(0);
  }

  start(claims: readonly Claim[], wanted: number): void {
    this.pacer.giveBack(wanted - claims.length);
    this.handedOver += claims.length;
    this.inFlight += claims.length;
    const { batch } = this.options.transport;
    for (let first = 0; first < claims.length; first += batch) {
      void this.handOver(claims.slice(first, first + batch));
    }
  }

  /** Resolves when something has been answered, or when the pace allows the next message. */
  async change(queueIsEmpty: boolean): Promise<void> {
    const { concurrency, batch } = this.options.transport;
    const blocked = queueIsEmpty || this.inFlight >= concurrency * batch || this.ending() !== undefined;
    if (this.settled.length === 0) await this.answers(1, blocked ? undefined : this.pause());
    if (this.settled.length > 0) await this.answers(Math.ceil(this.inFlight / 2), GROUP_MS);
  }

  /** Resolves when nothing is in flight any more. */
  landed(): Promise<void> {
    return this.answers(Number.POSITIVE_INFINITY, undefined);
  }

  /** Resolves when so many answers wait to be settled, none is in flight, or the time is up. */
  private async answers(count: number, withinMs: number | undefined): Promise<void> {
    const timer = new AbortController();
    const enough = new Promise<void>((resolve) => {
      this.wake = () => {
        if (this.settled.length >= count || this.inFlight === 0) resolve();
      };
      this.wake();
    });
    if (withinMs === undefined) return enough;
    await Promise.race([enough, this.options.clock.sleep(withinMs, timer.signal)]);
    timer.abort();
  }

  /** Hands over what one call takes; every message gets an answer, whatever happens. */
  private async handOver(claims: readonly Claim[]): Promise<void> {
    const { transport, writer, clock } = this.options;
    const written: { claim: Claim; message: OutgoingMessage }[] = [];
    for (const claim of claims) {
      try {
        written.push({ claim, message: writer.write(addresseeOf(claim), clock.now()) });
      } catch (error) {
        this.answered(claim, { kind: 'rejected', code: 'unwritable', reason: messageOf(error) });
      }
    }
    const lost = (error: unknown): SendResult[] =>
      written.map(() => ({ kind: 'unknown', code: 'internal', reason: messageOf(error) }));
    const results = await transport.send(written.map(({ message }) => message)).catch(lost);
    written.forEach(({ claim }, index) => {
      const nothing = { kind: 'unknown', code: 'internal', reason: 'the transport gave no answer' } as const;
      this.answered(claim, results[index] ?? nothing);
    });
  }

  private answered(claim: Claim, result: SendResult): void {
    const now = this.options.clock.now();
    this.inFlight -= 1;
    if (result.kind === 'refused') this.handedOver -= 1;
    this.settled.push(settlementFor(claim, result, now));
    this.paused ??= this.guard.see(result);
    if (result.kind === 'deferred' && result.about === 'pace') {
      this.pacer.slowDown(this.handedOver / Math.max(1, (now - this.startedAt) / 1000));
    }
    this.options.onResult?.(result);
    this.wake();
  }
}

function addresseeOf({ address, key, name, fields, reference }: Claim): Addressee {
  return { address, key, name, values: fields, reference };
}
