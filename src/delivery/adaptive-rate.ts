/** The factor for the rate when the provider throttles, and its gain per second otherwise. */
const SLOW_DOWN = 0.8;
const SPEED_UP_PER_SECOND = 1.05;
/** The rate stays below the limit, because the provider counts evenly sent messages slightly unevenly. */
const MARGIN = 0.98;
const MIN_RATE = 0.2;
/** Calls in flight together are throttled together, so they count once. */
const SLOW_DOWN_EVERY_MS = 1_000;
/** Faster than any provider. A higher rate means no limit. */
const UNLIMITED = 1_000_000;

/**
 * A rate in messages per second that falls when the provider throttles, climbs back slowly, and never exceeds this
 * worker's share of the limit. Pure: time is an argument, in milliseconds.
 */
export class AdaptiveRate {
  private readonly whole: number;
  private limit: number;
  private rate: number;
  private slowedAt = Number.NEGATIVE_INFINITY;

  /** @param limit messages per second for all workers; undefined: none */
  constructor(limit: number | undefined) {
    this.whole = limit === undefined ? Number.POSITIVE_INFINITY : limit * MARGIN;
    this.limit = this.whole;
    this.rate = this.whole;
  }

  /** The current rate; Infinity: no limit. */
  get current(): number {
    return this.rate;
  }

  get isUnlimited(): boolean {
    return this.rate === Number.POSITIVE_INFINITY;
  }

  /** How many messages the provider may count in any second. */
  get perSecond(): number {
    return this.rate / MARGIN;
  }

  /**
   * Limits the rate to one worker's share. Messages that cannot be divided evenly go to the workers whose place
   * comes first, so that the shares never add up to more than the limit.
   * @param place how many workers come before this one
   */
  shareWith(workers: number, place: number): void {
    const limit = shareOf(this.whole / MARGIN, workers, place) * MARGIN;
    if (limit === this.limit || limit === Number.POSITIVE_INFINITY) return;
    this.rate *= limit / this.limit;
    this.limit = limit;
  }

  /**
   * Lowers the rate after throttling.
   * @param observed the rate at which the provider throttled, used if no limit is known
   * @returns whether the rate fell; it falls once for calls in flight together
   */
  slowDown(observed: number, now: number): boolean {
    if (now - this.slowedAt < SLOW_DOWN_EVERY_MS) return false;
    this.slowedAt = now;
    const from = Number.isFinite(this.rate) ? this.rate : Math.max(observed, 1);
    this.rate = Math.max(Math.min(MIN_RATE, this.limit), from * SLOW_DOWN);
    return true;
  }

  /** Climbs back towards the limit as time passes. */
  recover(seconds: number): void {
    if (this.rate >= this.limit) return;
    const faster = this.rate * SPEED_UP_PER_SECOND ** seconds;
    this.rate = Math.min(this.limit, faster < UNLIMITED ? faster : Number.POSITIVE_INFINITY);
  }
}

function shareOf(limit: number, workers: number, place: number): number {
  const whole = Math.floor(limit + 1e-9);
  if (workers === 1 || whole < workers || limit === Number.POSITIVE_INFINITY) return limit / workers;
  return Math.floor(whole / workers) + (place < whole % workers ? 1 : 0);
}
