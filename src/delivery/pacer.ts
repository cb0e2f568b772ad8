/** What the pace is multiplied by when the provider throttles, and what it gains back each second without. */
const SLOW_DOWN = 0.7;
const SPEED_UP_PER_SECOND = 1.05;
/** Tokens are saved up for at most this long, so that a pause is not followed by a burst. */
const BURST_SECONDS = 0.05;
const MIN_RATE = 0.2;

/**
 * Hands out permissions to send at a steady rate: a token bucket that starts with one token, holds hardly more, and
 * whose rate falls when the provider throttles and climbs back slowly. Pure: time is an argument, in milliseconds.
 */
export class Pacer {
  private tokens = 1;
  private current: number;

  /** @param limit messages per second; undefined: as fast as it goes. */
  constructor(
    private readonly limit: number | undefined,
    private last: number,
  ) {
    this.current = limit ?? Number.POSITIVE_INFINITY;
  }

  /** The rate in force now, in messages per second. */
  get rate(): number {
    return this.current;
  }

  /** Takes at most `wanted` permissions; what is not used must be given back. */
  take(wanted: number, now: number): number {
    this.refill(now);
    if (this.current === Number.POSITIVE_INFINITY) return wanted;
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
    if (this.tokens >= 1) return 0;
    return Math.ceil(((1 - this.tokens) / this.current) * 1000);
  }

  /** The provider has asked for less; `observed` is the rate at which that happened where no limit is known. */
  slowDown(observed: number): void {
    const from = Number.isFinite(this.current) ? this.current : Math.max(observed, 1);
    this.current = Math.max(MIN_RATE, from * SLOW_DOWN);
    this.tokens = Math.min(this.tokens, 0);
  }

  private refill(now: number): void {
    const seconds = Math.max(0, now - this.last) / 1000;
    this.last = Math.max(now, this.last);
    if (this.current === Number.POSITIVE_INFINITY) return;
    const burst = Math.max(1, this.current * BURST_SECONDS);
    this.tokens = Math.min(burst, this.tokens + seconds * this.current);
    const limit = this.limit ?? Number.POSITIVE_INFINITY;
    if (this.current < limit) this.current = Math.min(limit, this.current * SPEED_UP_PER_SECOND ** seconds);
  }
}
