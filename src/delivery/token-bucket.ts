/**
 * A token bucket that starts with one token. Tokens may go below zero, and must then be refilled first. Rates are in
 * tokens per second. Pure: the caller passes the elapsed time.
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

  /** The number of tokens; may be a fraction or negative. */
  get level(): number {
    return this.tokens;
  }

  /** Adds tokens for elapsed time. @param call how many tokens a call takes */
  fill(seconds: number, rate: number, call: number): void {
    const room = call + rate * this.roomSeconds;
    this.tokens = Math.min(room, this.tokens + seconds * rate * this.speed);
  }

  /** Takes tokens; a negative count returns them. */
  spend(count: number): void {
    this.tokens -= count;
  }

  /** Removes saved tokens. */
  drain(): void {
    this.tokens = Math.min(this.tokens, 0);
  }

  /** How many tokens are missing before a call may start; zero or negative: it may start now. */
  missing(call: number): number {
    return (call - this.tokens) / this.speed;
  }
}
