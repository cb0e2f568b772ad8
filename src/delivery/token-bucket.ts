/**
 * A token bucket that starts with one token. Tokens may go below zero, and then have to be filled up first. Rates are in
 * tokens per second. Pure: the caller says how much time has passed.
 */
export class TokenBucket {
  private tokens = 1;

  /**
   * @param speed how much faster than the rate it fills
   * @param roomSeconds how many seconds at the rate it holds beyond one call
   */
  constructor(
    private readonly speed: number,
    private readonly roomSeconds: number,
  ) {}

  /** How many tokens there are; may be a fraction, or negative. */
  get level(): number {
    return this.tokens;
  }

  /** Lets time pass. @param call how many tokens a call takes */
  fill(seconds: number, rate: number, call: number): void {
    const room = call + rate * this.roomSeconds;
    this.tokens = Math.min(room, this.tokens + seconds * rate * this.speed);
  }

  /** Takes tokens; a negative count gives them back. */
  spend(count: number): void {
    this.tokens -= count;
  }

  /** Removes the tokens that were saved up. */
  drain(): void {
    this.tokens = Math.min(this.tokens, 0);
  }

  /** How many tokens have to pass at the rate before a call may go; not positive: it may go now. */
  missing(call: number): number {
    return (call - this.tokens) / this.speed;
  }
}
