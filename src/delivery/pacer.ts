/** What the pace is multiplied by when the provider throttles, and what it gains back each second without. */
const SLOW_DOWN = 0.7;
const SPEED_UP_PER_SECOND = 1.05;
/**
 * Providers count over the last second, so pace and burst together stay below the rate. What a timer is late by, within
 * reason, is made up for.
 */
const SHARE = 0.98;
const LATE_SECONDS = 0.015;
const MIN_RATE = 0.2;
/** What was in flight together is throttled together, and counts once. */
const SLOW_DOWN_EVERY_MS = 1_000;

/**
 * Hands out permissions to send at a steady rate: a token bucket that starts with one token, holds hardly more, and
 * whose rate falls when the provider throttles and climbs back slowly. Where one call takes a batch, permissions are
 * saved up for calls of one size, evenly spread over a second. Pure: time is an argument, in milliseconds.
 */
export class Pacer {
  private tokens = 1;
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

  /** Takes at most `wanted` permissions; what is not used must be given back. */
  take(wanted: number, now: number): number {
    this.refill(now);
    if (this.current === Number.POSITIVE_INFINITY) return wanted;
    if (this.tokens < Math.min(wanted, this.call())) return 0;
    const taken = Math.min(wanted, Math.floor(this.tokens));
    this.tokens -= taken;
    return taken;
  }

  giveBack(count: number): void {
    this.tokens += count;
  }

  /** Milliseconds until the next permission. */
  wait(now: number): number {
    this.refill(now);
    const missing = this.call() - this.tokens;
    return missing <= 0 ? 0 : Math.ceil((missing / this.current) * 1000);
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

  private refill(now: number): void {
    const seconds = Math.max(0, now - this.last) / 1000;
    this.last = Math.max(now, this.last);
    if (this.current === Number.POSITIVE_INFINITY) return;
    const burst = this.call() + (this.batch === 1 ? this.current * LATE_SECONDS : 0);
    this.tokens = Math.min(burst, this.tokens + seconds * this.current);
    if (this.current < this.limit) {
      this.current = Math.min(this.limit, this.current * SPEED_UP_PER_SECOND ** seconds);
    }
  }
}
