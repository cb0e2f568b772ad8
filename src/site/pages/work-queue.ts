/** So many pieces are handed out at once. */
const PORTION = 5;

export interface WorkBatch<T> {
  readonly some: readonly T[];
  /** Where each of them stands in the work. */
  readonly indices: readonly number[];
}

/** Work that is handed out in portions to several workers: to each first what is its own, then what is left. */
export class WorkQueue<T> {
  private readonly common: number[] = [];
  private readonly owned = new Map<number, number[]>();

  /** @param ownerOf the worker that does a piece the quickest; undefined: all do it alike */
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

  /** The next portion for a worker; undefined when nothing is left. */
  take(worker: number): WorkBatch<T> | undefined {
    const fullest = [...this.owned.values()].toSorted((a, b) => b.length - a.length)[0];
    const queues = [this.owned.get(worker), this.common, fullest];
    const queue = queues.find((one) => one !== undefined && one.length > 0);
    if (!queue) return undefined;
    const indices = queue.splice(0, PORTION);
    return { indices, some: indices.flatMap((index) => this.work[index] ?? []) };
  }
}
