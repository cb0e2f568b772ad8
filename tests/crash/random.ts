import { createHash } from 'node:crypto';

/** Numbers that look like chance, and are the same ones for the same seed (Mulberry32). */
export class Random {
  private state: number;

  constructor(seed: string) {
    this.state = createHash('sha256').update(seed).digest().readUInt32LE();
  }

  /** A number from 0, less than `end`. */
  below(end: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end;
  }

  /** A whole number from 0, less than `end`. */
  whole(end: number): number {
    return Math.floor(this.below(end));
  }

  /** @throws Error when there is nothing to pick from. */
  pick<T>(values: readonly T[]): T {
    const at = this.whole(values.length);
    if (at >= values.length) throw new Error('there is nothing to pick from');
    return values[at] as T;
  }
}
