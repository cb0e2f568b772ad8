const SECOND_MS = 1_000;
/** A call that takes longer than this hangs. The provider has already counted it, if at all. */
const HANGS_MS = 2_000;
/** The period, at least once and at most twice, over which the fastest call counts. */
const REMEMBER_MS = 5_000;

/** Messages handed over together. Times are in milliseconds. */
export interface Call {
  readonly count: number;
  readonly handedOverAt: number;
}

/**
 * How many messages the provider may have counted in the last second. It counts a call between its start and
 * its answer. A slow call was most likely counted late. So a call counts until one second
 * after its answer, minus the time of a fast call. Pure: time is an argument, and never decreases.
 */
export class SlidingWindow {
  private readonly open = new Set<Call>();
  private readonly answers: { readonly at: number; readonly took: number; readonly count: number }[] = [];
  private sum = 0;
  /** The duration of the fastest call, in this period and the one before. */
  private quickest = Number.POSITIVE_INFINITY;
  private before = Number.POSITIVE_INFINITY;
  private since = Number.NEGATIVE_INFINITY;

  total(now: number): number {
    for (const call of this.open) {
      if (call.handedOverAt > now - HANGS_MS) break;
      this.open.delete(call);
      this.sum -= call.count;
    }
    for (let [first] = this.answers; first && this.leaves(first) <= now; [first] = this.answers) {
      this.sum -= first.count;
      this.answers.shift();
    }
    return this.sum;
  }

  handOver(count: number, now: number): Call {
    const call = { count, handedOverAt: now };
    this.open.add(call);
    this.sum += count;
    return call;
  }

  /** @param accepted whether the answer is accepted; only then its duration counts */
  answered(call: Call, accepted: boolean, now: number): void {
    const took = Math.max(0, now - call.handedOverAt);
    if (accepted) this.learn(took, now);
    if (this.open.delete(call)) this.answers.push({ at: now, took, count: call.count });
  }

  /** Milliseconds until this many have left the last second; undefined: more answers are needed first. */
  wait(count: number, now: number): number | undefined {
    let left = 0;
    for (const answer of this.answers) {
      if (left >= count) break;
      left += answer.count;
      if (left >= count) return Math.max(0, this.leaves(answer) - now);
    }
    return left >= count ? 0 : undefined;
  }

  private leaves({ at, took }: { readonly at: number; readonly took: number }): number {
    return at + SECOND_MS - Math.min(took, this.quickest, this.before);
  }

  private learn(took: number, now: number): void {
    if (now - this.since >= REMEMBER_MS) {
      this.before = this.quickest;
      this.quickest = took;
      this.since = now;
    } else this.quickest = Math.min(this.quickest, took);
  }
}
