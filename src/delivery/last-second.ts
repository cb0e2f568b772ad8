const SECOND_MS = 1_000;

/**
 * How much the provider may have counted within the last second. It counts a call somewhere between its hand-over and
 * its answer; before its answer by as long as the quickest call took, but for the way there, which only moves the
 * second as a whole. So a call counts from its hand-over until a second after the latest moment at which it can have
 * been counted, however late it was on its way. Pure: time is an argument, in milliseconds, and never goes back.
 */
export class LastSecond {
  private readonly answers: { readonly at: number; readonly count: number }[] = [];
  private sum = 0;
  private onTheWay = 0;
  /** How long the quickest call took. */
  private quickest = Number.POSITIVE_INFINITY;

  total(now: number): number {
    for (let [first] = this.answers; first && this.leaves(first) <= now; [first] = this.answers) {
      this.sum -= first.count;
      this.answers.shift();
    }
    return this.sum + this.onTheWay;
  }

  handOver(count: number): void {
    this.onTheWay += count;
  }

  takeBack(count: number): void {
    this.onTheWay -= count;
  }

  /** @param took how long a call took that was accepted, in milliseconds; undefined: it was not */
  answered(count: number, took: number | undefined, now: number): void {
    if (took !== undefined) this.quickest = Math.min(this.quickest, took);
    this.onTheWay -= count;
    this.answers.push({ at: now, count });
    this.sum += count;
  }

  /** Milliseconds until so many have left the last second; undefined: not before more has been answered. */
  wait(count: number, now: number): number | undefined {
    let left = 0;
    for (const answer of this.answers) {
      if (left >= count) break;
      left += answer.count;
      if (left >= count) return Math.max(0, this.leaves(answer) - now);
    }
    return left >= count ? 0 : undefined;
  }

  private leaves({ at }: { readonly at: number }): number {
    return at + SECOND_MS - (Number.isFinite(this.quickest) ? this.quickest : 0);
  }
}
