import { type Claim, PRESENT_MS, type Settlement, type WorkerShare } from '../ledger/delivery.js';
import type { MessageWriter } from '../message/writer.js';
import type { Clock } from '../platform/clock.js';
import type { SendResult, Transport } from '../transport/transport.js';
import { Calls, type Why } from './calls.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { Pacer } from './pacer.js';
import { settlementFor } from './retry.js';

export interface FlightOptions {
  readonly transport: Transport;
  readonly writer: Pick<MessageWriter, 'write'>;
  readonly clock: Clock;
  /** Maximum messages per second; undefined: as fast as the transport accepts them. */
  readonly rate: number | undefined;
  /** Maximum number of messages in this run. */
  readonly limit: number | undefined;
  /** When it fires, no more messages are claimed, and those in flight are finished. */
  readonly signal: AbortSignal;
  /** Called after every answer. */
  onResult?(result: SendResult): void;
  /** Called regularly, with what the run waits for if it waits for other runs. */
  onTick?(waitingFor?: string): void;
}

/** Why a run ended. */
export type RunEnd =
  | { readonly kind: 'finished' | 'interrupted' | 'limit' }
  | { readonly kind: 'paused'; reason: string };

/** How often to check other runs: whether they have started, finished or died. */
export const POLL_MS = 1_000;
/** Well before other runs consider a silent worker gone. */
const ABSENT_MS = PRESENT_MS / 2;
/** How long a first answer waits for more answers, to be committed together. */
const GROUP_MS = 2;
/** The same with a rate limit, where messages wait anyway. A first permission then also waits for more. */
const PACED_GROUP_MS = 5;
/** How long a call may take before it slows the pace. This also limits how many messages can hang. */
const IN_FLIGHT_SECONDS = 0.5;
/** The number of calls that may always be in flight. */
const MIN_CALLS = 4;
/** The first call measures how long calls take, unless it takes longer than this. */
const FIRST_CALL_MS = 2_000;

/** The messages in flight, the answers, and what allows the next message. */
export class InFlight {
  inFlight = 0;
  /** How many messages have a final answer or may still get one. */
  private taken = 0;
  private handedOver = 0;
  /** When this worker last reported its presence to the ledger. */
  private heardAt = Number.NEGATIVE_INFINITY;
  private seenAt: number;
  private readonly settled: Settlement[] = [];
  private readonly guard: CircuitBreaker;
  /** How often each delivery was deferred because of the pace. */
  private readonly paced = new Map<number, number>();
  private readonly pacer: Pacer;
  private readonly calls: Calls;
  private readonly startedAt: number;
  /** How many messages may be in flight. */
  private readonly capacity: number;
  /** Whether the first call has been answered, and when it started. */
  private begun = false;
  private firstAt = 0;
  private paused: string | undefined;
  private wake: () => void = () => undefined;

  constructor(private readonly options: FlightOptions) {
    this.startedAt = options.clock.steady();
    this.seenAt = this.startedAt;
    this.guard = new CircuitBreaker(this.startedAt);
    this.capacity = capacityOf(options);
    this.pacer = new Pacer(options.rate, this.startedAt, options.transport.batch);
    this.calls = new Calls({
      ...{ transport: options.transport, writer: options.writer, clock: options.clock },
      ...{ signal: options.signal, pacer: this.pacer },
      onAnswer: (claim, result) => this.answered(claim, result),
      onRelease: (claim, why) => this.release(claim, why),
      isPaused: () => this.paused !== undefined,
    });
  }

  /** Why no more messages may be claimed, or undefined. */
  ending(): RunEnd | undefined {
    const { signal, limit } = this.options;
    if (this.paused !== undefined) return { kind: 'paused', reason: this.paused };
    if (signal.aborted) return { kind: 'interrupted' };
    return limit !== undefined && this.taken >= limit ? { kind: 'limit' } : undefined;
  }

  /** How many messages may be claimed now. */
  take(): number {
    const { limit, clock } = this.options;
    if (this.calls.isWaiting || this.waitsForFirst()) return 0;
    const free = this.capacity - this.inFlight;
    const left = limit === undefined ? free : Math.min(free, limit - this.taken);
    return left > 0 ? this.pacer.take(left, clock.steady()) : 0;
  }

  /** Whether the first call, which measures the pace, is still in flight. */
  private waitsForFirst(): boolean {
    if (this.handedOver === 0 || this.begun) return false;
    return this.options.clock.steady() - this.firstAt < FIRST_CALL_MS;
  }

  pause(): number {
    return Math.max(1, this.pacer.wait(this.options.clock.steady()));
  }

  /** Whether answers wait to be settled. */
  get hasAnswers(): boolean {
    return this.settled.length > 0;
  }

  /** Whether it is time to report presence again. */
  isSeenAgain(): boolean {
    const now = this.options.clock.steady();
    if (now - this.seenAt < POLL_MS) return false;
    this.seenAt = now;
    return true;
  }

  /**
   * Shares one rate among several workers. A worker that joins waits until the others have noticed it. So does a worker
   * that could not report for so long that the others may have removed it.
   */
  shareWith({ workers, place }: WorkerShare): void {
    const now = this.options.clock.steady();
    const wasAway = now - this.heardAt > ABSENT_MS;
    const isNew = this.heardAt === Number.NEGATIVE_INFINITY;
    this.heardAt = now;
    this.pacer.shareWith(workers, place);
    if (wasAway && (workers > 1 || !isNew)) this.pacer.holdBack((1.5 * POLL_MS) / 1000, now);
  }

  drain(): Settlement[] {
    return this.settled.splice(0);
  }

  start(claims: readonly Claim[], wanted: number): void {
    this.pacer.giveBack(wanted - claims.length);
    if (this.handedOver === 0) this.firstAt = this.options.clock.steady();
    this.handedOver += claims.length;
    this.taken += claims.length;
    this.inFlight += claims.length;
    const { batch } = this.options.transport;
    for (let first = 0; first < claims.length; first += batch) {
      void this.calls.handOver(claims.slice(first, first + batch));
    }
  }

  /** Resolves after an answer, or when the pace allows the next message. */
  async change(queueIsEmpty: boolean): Promise<void> {
    const full = queueIsEmpty || this.inFlight >= this.capacity;
    const blocked = full || this.calls.isWaiting || this.waitsForFirst() || this.ending() !== undefined;
    const group = this.options.rate === undefined ? GROUP_MS : PACED_GROUP_MS;
    const pause = blocked ? POLL_MS : Math.min(POLL_MS, Math.max(group, this.pause()));
    if (this.settled.length === 0) await this.answers(1, pause);
    if (this.settled.length > 0) await this.answers(Math.ceil(this.inFlight / 2), group);
  }

  /** Resolves when nothing is in flight. */
  landed(): Promise<void> {
    return this.answers(Number.POSITIVE_INFINITY, undefined);
  }

  /** Resolves when enough answers wait to be settled, nothing is in flight, or the time is up. */
  private answers(count: number, withinMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      let cancel = () => {};
      const done = () => {
        cancel();
        this.wake = () => {};
        resolve();
      };
      this.wake = () => {
        if (this.settled.length >= count || this.inFlight === 0) done();
      };
      if (withinMs !== undefined) cancel = this.options.clock.after(withinMs, done);
      this.wake();
    });
  }

  /** Releases a claim that was not handed over. */
  private release({ sequence, attempt, tries }: Claim, why: Why): void {
    this.inFlight -= 1;
    this.taken -= 1;
    this.settled.push({ sequence, attempt, state: 'queued', tries, notBefore: 0, ...why });
    this.wake();
  }

  private answered(claim: Claim, result: SendResult): void {
    const { clock } = this.options;
    this.inFlight -= 1;
    this.begun = true;
    if (result.kind === 'refused' || result.kind === 'deferred') this.taken -= 1;
    this.settled.push(settlementFor(claim, result, clock.now(), this.countPaced(claim, result)));
    this.paused ??= this.guard.see(result, clock.steady());
    if (result.kind === 'deferred' && result.about === 'pace') {
      this.pacer.slowDown(this.handedOver / Math.max(1, (clock.steady() - this.startedAt) / 1000));
    }
    this.options.onResult?.(result);
    this.wake();
  }

  private countPaced({ sequence }: Claim, result: SendResult): number {
    if (result.kind !== 'deferred' || result.about !== 'pace') {
      this.paced.delete(sequence);
      return 0;
    }
    const count = (this.paced.get(sequence) ?? 0) + 1;
    this.paced.set(sequence, count);
    return count;
  }
}

/**
 * As many as the transport accepts but, with a known rate, no more than are sent in half a second. This limits how many
 * messages can hang or be in doubt after a crash.
 */
function capacityOf({ transport, rate }: FlightOptions): number {
  const { concurrency, batch } = transport;
  if (rate === undefined) return concurrency * batch;
  return batch * Math.min(concurrency, Math.max(MIN_CALLS, Math.ceil((IN_FLIGHT_SECONDS * rate) / batch)));
}
