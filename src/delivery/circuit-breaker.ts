import type { SendResult } from '../transport/transport.js';

/** This many in a row, with nothing accepted in between, are not about single readers. */
const MAX_IN_A_ROW = { rejected: 25, deferred: 15, unknown: 10 } as const;
/** How long throttling may block all messages. */
const PATIENCE_MS = 5 * 60_000;

/** Decides from the answers when a run pauses itself. One bad address is never a reason. */
export class CircuitBreaker {
  private readonly row = { rejected: 0, deferred: 0, unknown: 0 };

  /** @param lastYes when a message was last accepted, or the run began; in milliseconds of a steady clock */
  constructor(private lastYes: number) {}

  /** @returns why the run must pause, in the provider's words, or undefined */
  see(result: SendResult, now: number): string | undefined {
    if (result.kind === 'accepted') {
      this.row.rejected = this.row.deferred = this.row.unknown = 0;
      this.lastYes = now;
      return undefined;
    }
    const words = `${result.code}: ${result.reason}`;
    if (result.kind === 'refused') return words;
    if (result.kind === 'deferred' && result.about === 'pace') {
      const minutes = PATIENCE_MS / 60_000;
      return now - this.lastYes < PATIENCE_MS
        ? undefined
        : `nothing was accepted for ${minutes} minutes: ${words}`;
    }
    this.row[result.kind] += 1;
    if (this.row[result.kind] < MAX_IN_A_ROW[result.kind]) return undefined;
    return `${this.row[result.kind]} ${result.kind} in a row, the last one: ${words}`;
  }
}
