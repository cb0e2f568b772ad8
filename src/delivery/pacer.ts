import { AdaptiveRate } from './adaptive-rate.js';
import { type Call, SlidingWindow } from './sliding-window.js';
import { TokenBucket } from './token-bucket.js';

/** How much lost time a busy process makes up for. */
const LATE_SECONDS = 0.2;
/** How much faster than the rate it catches up, and how much it may send at once. */
const CATCH_UP = 1.25;
const RUSH_SECONDS = 0.05;
/** How long to wait for answers before checking again. */
const ANSWERS_MS = 1_000;

/**
 * Gives permissions to send at a steady rate that adapts to the provider. Providers count over the last second, so
 * no second exceeds the rate. If one call takes a batch, permissions are saved up for calls of one size, evenly
 * spread over a second. Time is an argument, in milliseconds, and the pacer never reads a clock.
 */
export class Pacer {
  private readonly pace: AdaptiveRate;
  private readonly sustained = new TokenBucket(1, LATE_SECONDS);
  private readonly burst = new TokenBucket(CATCH_UP, RUSH_SECONDS);
  private readonly recent = new SlidingWindow();
  /** Permissions taken, but not used yet. */
  private taken = 0;
  private begun = false;

  /**
   * @param limit messages per second; undefined: as fast as possible
   * @param last the current time
   * @param batch how many messages one call takes
   */
  constructor(
    limit: number | undefined,
    private last: number,
    private readonly batch = 1,
  ) {
    this.pace = new AdaptiveRate(limit);
  }

  /** The current rate, in messages per second. */
  get rate(): number {
    return this.pace.current;
  }

  /** Limits the rate to one worker's share; see {@link AdaptiveRate.shareWith}. */
  shareWith(workers: number, place: number): void {
    this.pace.shareWith(workers, place);
  }

  /** Waits until the other workers have noticed this one. */
  holdBack(seconds: number, now: number): void {
    this.refill(now);
    if (this.pace.isUnlimited) return;
    this.sustained.drain();
    this.sustained.spend(seconds * this.pace.current);
  }

  /** Takes at most `wanted` permissions. Each must be used or returned. */
  take(wanted: number, now: number): number {
    this.refill(now);
    const taken = this.pace.isUnlimited ? wanted : Math.min(wanted, this.free(wanted));
    this.taken += taken;
    this.spend(taken);
    return taken;
  }

  giveBack(count: number): void {
    this.taken -= count;
    this.spend(-count);
  }

  /** Uses this many permissions in one call. */
  handOver(count: number, now: number): Call {
    this.refill(now);
    this.taken -= count;
    return this.recent.handOver(count, this.last);
  }

  /** Records an answer. The rate counts from the first one. */
  answered(call: Call, accepted: boolean, now: number): void {
    this.refill(now);
    this.recent.answered(call, accepted, this.last);
    if (this.pace.isUnlimited) this.recent.total(this.last);
    else if (!this.begun) this.sustained.drain();
    this.begun = true;
  }

  /** Milliseconds until the next permission. */
  wait(now: number): number {
    this.refill(now);
    if (this.pace.isUnlimited) return 0;
    const call = this.call();
    const missing = Math.max(this.sustained.missing(call), this.burst.missing(call));
    const tooMany = this.outgoing() + call - this.most();
    const room = this.recent.wait(tooMany, this.last) ?? ANSWERS_MS;
    return Math.ceil(Math.max(0, (missing / this.pace.current) * 1000, room));
  }

  /** Slows down after throttling. `observed` is the rate at which the provider throttled, used if no limit is known. */
  slowDown(observed: number): void {
    if (this.pace.slowDown(observed, this.last)) this.sustained.drain();
  }

  /** How many permissions are available; for batches, as many as fill whole calls. */
  private free(wanted: number): number {
    const tokens = Math.floor(Math.min(this.sustained.level, this.burst.level));
    const free = Math.min(tokens, this.most() - this.outgoing());
    const call = Math.min(wanted, this.call());
    return free < call || call === 0 ? 0 : free - (free % call);
  }

  private outgoing(): number {
    return this.recent.total(this.last) + this.taken;
  }

  /** How many permissions a call waits for. */
  private call(): number {
    if (this.pace.isUnlimited) return this.batch;
    const rate = Math.round(this.pace.perSecond * 1e6) / 1e6;
    return Math.max(1, Math.floor(rate / Math.ceil(rate / this.batch)));
  }

  /** The maximum number of permissions in one second. */
  private most(): number {
    return Math.max(1, Math.ceil(this.pace.perSecond - 1e-9));
  }

  private spend(count: number): void {
    if (this.pace.isUnlimited) return;
    this.sustained.spend(count);
    this.burst.spend(count);
  }

  private refill(now: number): void {
    const seconds = Math.max(0, now - this.last) / 1000;
    this.last = Math.max(now, this.last);
    if (this.pace.isUnlimited) return;
    const call = this.call();
    this.sustained.fill(seconds, this.pace.current, call);
    this.burst.fill(seconds, this.pace.current, call);
    this.pace.recover(seconds);
  }
}
