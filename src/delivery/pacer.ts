import { LastSecond } from './last-second.js';

/** What the pace is multiplied by when the provider throttles, and what it gains back each second without. */
const SLOW_DOWN = 0.8;
const SPEED_UP_PER_SECOND = 1.05;
/** What goes out evenly may arrive a little unevenly. */
const SHARE = 0.98;
/** What a busy process is late by, it makes up for, within the rate of any second. */
const LATE_SECONDS = 0.2;
const MIN_RATE = 0.2;
/** What was in flight together is throttled together, and counts once. */
const SLOW_DOWN_EVERY_MS = 1_000;

/**
 * Hands out permissions to send at a steady rate: a token bucket that starts with one token, and whose rate falls when
 * the provider throttles and climbs back slowly. Providers count over the last second, so no second has more than the
 * rate. Where one call takes a batch, permissions are saved up for calls of one size, evenly spread over a second. Pure:
 * time is an argument, in milliseconds.
 */
export class Pacer {
  private tokens = 1;
  private readonly recent = new LastSecond();
  private slowedAt = Number.NEGATIVE_INFINITY;
  private current: number;

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

  /** Goes at the pace that is left for one of so many who share the limit. */
  shareWith(workers: number): void {
    const limit = this.whole / workers;
    if (limit === this.limit || limit === Number.POSITIVE_INFINITY) return;
    this.current *= limit / this.limit;
    this.limit = limit;
  }

  /** Lets the time pass in which the others notice that they have to share. */
  holdBack(seconds: number): void {
    if (this.current !== Number.POSITIVE_INFINITY)
      this.tokens = Math.min(0, this.tokens) - seconds * this.current;
  }

  /**
   * The first call has been answered. It may have been long on its way, until a connection stood, and then the provider
   * counts it later than it was handed over.
   */
  begin(now: number): void {
    if (this.current === Number.POSITIVE_INFINITY) return;
    this.refill(now);
    const first = this.recent.total(now);
    this.recent.remove(first);
    this.recent.add(first, now);
    this.tokens = Math.min(this.tokens, 0);
  }

  /** Takes at most `wanted` permissions; what is not used must be given back. */
  take(wanted: number, now: number): number {
    this.refill(now);
    if (this.current === Number.POSITIVE_INFINITY) return wanted;
    const free = Math.min(Math.floor(this.tokens), this.most() - this.recent.total(this.last));
    if (free < Math.min(wanted, this.call())) return 0;
    const taken = Math.min(wanted, free);
    this.tokens -= taken;
    this.recent.add(taken, this.last);
    return taken;
  }

  giveBack(count: number): void {
    if (this.current === Number.POSITIVE_INFINITY) return;
    this.tokens += count;
    this.recent.remove(count);
  }

  /** Milliseconds until the next permission. */
  wait(now: number): number {
    this.refill(now);
    if (this.current === Number.POSITIVE_INFINITY) return 0;
    const missing = this.call() - this.tokens;
    const tooMany = this.recent.total(this.last) + this.call() - this.most();
    return Math.ceil(Math.max(0, (missing / this.current) * 1000, this.recent.wait(tooMany, this.last)));
  }

  /** The provider has asked for less; `observed` is the rate at which that happened where no limit is known. */
  slowDown(observed: number): void {
    if (this.last - this.slowedAt < SLOW_DOWN_EVERY_MS) return;
    this.slowedAt = this.last;
    const from = Number.isFinite(this.current) ? this.current : Math.max(observed, 1);
    this.current = Math.max(MIN_RATE, from * SLOW_DOWN);
    this.tokens = Math.min(this.tokens, 0);
  }

  /** How many permissions a call waits for. */
  private call(): number {
    if (this.current === Number.POSITIVE_INFINITY) return this.batch;
    const rate = Math.round((this.current / SHARE) * 1e6) / 1e6;
    return Math.max(1, Math.floor(rate / Math.ceil(rate / this.batch)));
  }

  /** How many permissions any second may have; a second that begins with one call has room for the next. */
  private most(): number {
    return Math.max(1, this.batch === 1 ? Math.ceil(this.current) : Math.round(this.current / SHARE));
  }

  private refill(now: number): void {
    const seconds = Math.max(0, now - this.last) / 1000;
    this.last = Math.max(now, this.last);
    if (this.current === Number.POSITIVE_INFINITY) return;
    const burst = this.call() + this.current * LATE_SECONDS;
    this.tokens = Math.min(burst, this.tokens + seconds * this.current);
    if (this.current < this.limit) {
      this.current = Math.min(this.limit, this.current * SPEED_UP_PER_SECOND ** seconds);
    }
  }
}
