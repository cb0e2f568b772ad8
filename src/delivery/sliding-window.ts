const SECOND_MS = 1_000;
/** A call that takes longer hangs; the provider has counted it long since, if it ever does. */
const HANGS_MS = 2_000;
/** For so long at least, and at most twice as long, the quickest call shows how long one takes. */
const REMEMBER_MS = 5_000;

/** Messages that were handed over together. Times are in milliseconds. */
export interface Call {
  readonly count: number;
  readonly handedOverAt: number;
}

/**
 * How much the provider may have counted within the last second. It counts a call somewhere between its hand-over and
 * its answer, and what takes longer than the quick ones was most likely counted later. So a call counts until a second
 * after its answer, less the time that a quick call takes. Pure: time is an argument, and never goes back.
 */
export class SlidingWindow {
  private readonly open = new Set<Call>();
  private readonly answers: { readonly at: number; readonly took: number; readonly count: number }[] = [];
  private sum = 0;
  /** What the quickest call took, of late and before that. */
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

  /** @param accepted only such an answer shows how long a call takes */
  answered(call: Call, accepted: boolean, now: number): void {
    const took = Math.max(0, now - call.handedOverAt);
    if (accepted) this.learn(took, now);
    if (this.open.delete(call)) this.answers.push({ at: now, took, count: call.count });
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
