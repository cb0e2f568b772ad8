import { type Call, SlidingWindow } from './sliding-window.js';

/** What the pace is multiplied by when the provider throttles, and what it gains back each second without. */
const SLOW_DOWN = 0.8;
const SPEED_UP_PER_SECOND = 1.05;
/** What goes out evenly is answered a little unevenly. */
const SHARE = 0.98;
/** What a busy process is late by, it makes up for, within the rate of any second, and without a rush. */
const LATE_SECONDS = 0.2;
const CATCH_UP = 1.25;
const RUSH_SECONDS = 0.05;
const MIN_RATE = 0.2;
/** What was in flight together is throttled together, and counts once. */
const SLOW_DOWN_EVERY_MS = 1_000;
/** How long to wait for answers before looking again. */
const ANSWERS_MS = 1_000;
/** Faster than any provider; from there on there is no limit. */
const UNLIMITED = 1_000_000;

/**
 * Hands out permissions to send at a steady rate: a token bucket that starts with one token, and whose rate falls when
 * the provider throttles and climbs back slowly. Providers count over the last second, so no second has more than the
 * rate. Where one call takes a batch, permissions are saved up for calls of one size, evenly spread over a second. Pure:
 * time is an argument, in milliseconds.
 */
export class Pacer {
  private tokens = 1;
  /** What may go at once: fills up sooner than `tokens`, and holds less. */
  private ready = 1;
  private readonly recent = new SlidingWindow();
  /** What has been taken and is not yet on its way. */
  private taken = 0;
  private slowedAt = Number.NEGATIVE_INFINITY;
  private current: number;
  private begun = false;

  private readonly whole: number;
  private limit: number;

  /**
   * @param limit messages per second; undefined: as fast as it goes.
   * @param batch how many messages one call takes.
   */
  constructor(
    limit: number | undefined,
    private last: number,
    private readonly batch = 1,
  ) {
    this.whole = limit === undefined ? Number.POSITIVE_INFINITY : limit * SHARE;
    this.limit = this.whole;
    this.current = this.limit;
  }

  /** The rate in force now, in messages per second. */
  get rate(): number {
    return this.current;
  }

  /**
   * Goes at the pace that is left for one of so many who share the limit. Messages that cannot be divided evenly go to
   * those whose place comes first, so that the shares never add up to more than the limit.
   * @param place how many of them come before this one
   */
  shareWith(workers: number, place: number): void {
    const limit = shareOf(this.whole / SHARE, workers, place) * SHARE;
    if (limit === this.limit || limit === Number.POSITIVE_INFINITY) return;
    this.current *= limit / this.limit;
    this.limit = limit;
  }

  /** Lets the time pass in which the others notice that they have to share. */
  holdBack(seconds: number, now: number): void {
    this.refill(now);
    if (this.current !== Number.POSITIVE_INFINITY)
      this.tokens = Math.min(0, this.tokens) - seconds * this.current;
  }

  /** Takes at most `wanted` permissions; each must be handed over or given back. */
  take(wanted: number, now: number): number {
    this.refill(now);
    const taken = this.current === Number.POSITIVE_INFINITY ? wanted : Math.min(wanted, this.free(wanted));
    this.taken += taken;
    this.spend(taken);
    return taken;
  }

  giveBack(count: number): void {
    this.taken -= count;
    this.spend(-count);
  }

  /** So many of the permissions go out in one call. */
  handOver(count: number, now: number): Call {
    this.refill(now);
    this.taken -= count;
    return this.recent.handOver(count, this.last);
  }

  /** From the first answer on, the pace is counted. */
  answered(call: Call, accepted: boolean, now: number): void {
    this.refill(now);
    this.recent.answered(call, accepted, this.last);
    if (this.current === Number.POSITIVE_INFINITY) this.recent.total(this.last);
    else if (!this.begun) this.tokens = Math.min(this.tokens, 0);
    this.begun = true;
  }

  /** Milliseconds until the next permission. */
  wait(now: number): number {
    this.refill(now);
    if (this.current === Number.POSITIVE_INFINITY) return 0;
    const missing = Math.max(this.call() - this.tokens, (this.call() - this.ready) / CATCH_UP);
    const tooMany = this.outgoing() + this.call() - this.most();
    const room = this.recent.wait(tooMany, this.last) ?? ANSWERS_MS;
    return Math.ceil(Math.max(0, (missing / this.current) * 1000, room));
  }

  /** The provider has asked for less; `observed` is the rate at which that happened where no limit is known. */
  slowDown(observed: number): void {
    if (this.last - this.slowedAt < SLOW_DOWN_EVERY_MS) return;
    this.slowedAt = this.last;
    const from = Number.isFinite(this.current) ? this.current : Math.max(observed, 1);
    this.current = Math.max(Math.min(MIN_RATE, this.limit), from * SLOW_DOWN);
    this.tokens = Math.min(this.tokens, 0);
  }

  /** How many permissions there are now; where one call takes a batch, as many as fill calls. */
  private free(wanted: number): number {
    const tokens = Math.floor(Math.min(this.tokens, this.ready));
    const free = Math.min(tokens, this.most() - this.outgoing());
    const call = Math.min(wanted, this.call());
    return free < call || call === 0 ? 0 : free - (free % call);
  }

  private outgoing(): number {
    return this.recent.total(this.last) + this.taken;
  }

  /** How many permissions a call waits for. */
  private call(): number {
    if (this.current === Number.POSITIVE_INFINITY) return this.batch;
    const rate = Math.round((this.current / SHARE) * 1e6) / 1e6;
    return Math.max(1, Math.floor(rate / Math.ceil(rate / this.batch)));
  }

  /** How many permissions any second may have. */
  private most(): number {
    return Math.max(1, Math.ceil(this.current / SHARE - 1e-9));
  }

  private spend(count: number): void {
    if (this.current === Number.POSITIVE_INFINITY) return;
    this.tokens -= count;
    this.ready -= count;
  }

  private refill(now: number): void {
    const seconds = Math.max(0, now - this.last) / 1000;
    this.last = Math.max(now, this.last);
    if (this.current === Number.POSITIVE_INFINITY) return;
    const fill = (tokens: number, speed: number, room: number) =>
      Math.min(this.call() + this.current * room, tokens + seconds * this.current * speed);
    this.tokens = fill(this.tokens, 1, LATE_SECONDS);
    this.ready = fill(this.ready, CATCH_UP, RUSH_SECONDS);
    if (this.current < this.limit) {
      const faster = this.current * SPEED_UP_PER_SECOND ** seconds;
      this.current = Math.min(this.limit, faster < UNLIMITED ? faster : Number.POSITIVE_INFINITY);
    }
  }
}

function shareOf(limit: number, workers: number, place: number): number {
  const whole = Math.floor(limit + 1e-9);
  if (workers === 1 || whole < workers || limit === Number.POSITIVE_INFINITY) return limit / workers;
  return Math.floor(whole / workers) + (place < whole % workers ? 1 : 0);
}
