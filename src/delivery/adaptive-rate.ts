/** What the rate is multiplied by when the provider throttles, and what it gains each second without. */
const SLOW_DOWN = 0.8;
const SPEED_UP_PER_SECOND = 1.05;
/** Messages that leave evenly are counted a little unevenly, so the rate stays below the limit. */
const MARGIN = 0.98;
const MIN_RATE = 0.2;
/** Calls that were in flight together are throttled together, and count once. */
const SLOW_DOWN_EVERY_MS = 1_000;
/** Faster than any provider; from there on there is no limit. */
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

  /** The rate now; Infinity: there is no limit. */
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
   * Keeps to the share of one of several workers. Messages that cannot be divided evenly go to the workers whose place
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
   * Reacts to a provider that throttles.
   * @param observed the rate at which it did, used where no limit is known
   * @returns whether the rate fell; it falls once for calls that were in flight together
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
