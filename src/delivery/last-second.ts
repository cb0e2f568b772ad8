const SECOND_MS = 1_000;

/** How much was handed out within the last second. Pure: time is an argument, in milliseconds, and never goes back. */
export class LastSecond {
  private readonly entries: { readonly at: number; count: number }[] = [];
  private sum = 0;

  total(now: number): number {
    for (let [first] = this.entries; first && first.at <= now - SECOND_MS; [first] = this.entries) {
      this.sum -= first.count;
      this.entries.shift();
    }
    return this.sum;
  }

  add(count: number, now: number): void {
    if (count <= 0) return;
    this.entries.push({ at: now, count });
    this.sum += count;
  }

  /** Takes back what was added last. */
  remove(count: number): void {
    for (let left = count, last = this.entries.at(-1); left > 0 && last; last = this.entries.at(-1)) {
      const part = Math.min(left, last.count);
      last.count -= part;
      this.sum -= part;
      left -= part;
      if (last.count === 0) this.entries.pop();
    }
  }

  /** Milliseconds until at least so many of the last second have become older than that. */
  wait(count: number, now: number): number {
    let older = 0;
    for (const entry of this.entries) {
      if (older >= count) break;
      older += entry.count;
      if (older >= count) return Math.max(0, entry.at + SECOND_MS - now);
    }
    return 0;
  }
}
