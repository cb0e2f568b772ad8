/** Items per batch. */
const PORTION = 5;

export interface WorkBatch<T> {
  readonly some: readonly T[];
  /** Index of each item in the work. */
  readonly indices: readonly number[];
}

/** Hands out work to several workers in batches. Each worker first gets its own items, then the rest. */
export class WorkQueue<T> {
  private readonly common: number[] = [];
  private readonly owned = new Map<number, number[]>();

  /** @param ownerOf the preferred worker of an item; undefined if any */
  constructor(
    private readonly work: readonly T[],
    ownerOf: (piece: T) => number | undefined,
  ) {
    for (const [index, piece] of work.entries()) {
      const owner = ownerOf(piece);
      const queue = owner === undefined ? this.common : (this.owned.get(owner) ?? []);
      if (owner !== undefined) this.owned.set(owner, queue);
      queue.push(index);
    }
  }

  /** The next batch for a worker; undefined if nothing is left. */
  take(worker: number): WorkBatch<T> | undefined {
    const fullest = [...this.owned.values()].toSorted((a, b) => b.length - a.length)[0];
    const queues = [this.owned.get(worker), this.common, fullest];
    const queue = queues.find((one) => one !== undefined && one.length > 0);
    if (!queue) return undefined;
    const indices = queue.splice(0, PORTION);
    return { indices, some: indices.flatMap((index) => this.work[index] ?? []) };
  }
}
