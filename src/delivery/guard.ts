import type { SendResult } from '../transport/transport.js';

/** So many in a row, with nothing accepted between them, are not about single readers. */
const MAX_IN_A_ROW = { rejected: 25, deferred: 15, unknown: 10 } as const;

/** Watches the answers and says when a run has to pause itself; one bad address never is a reason. */
export class Guard {
  private readonly row = { rejected: 0, deferred: 0, unknown: 0 };

  /** @returns why the run must stop, in the provider's own words, or undefined. */
  see(result: SendResult): string | undefined {
    if (result.kind === 'accepted') {
      this.row.rejected = this.row.deferred = this.row.unknown = 0;
      return undefined;
    }
    if (result.kind === 'refused') return `${result.code}: ${result.reason}`;
    if (result.kind === 'deferred' && result.about === 'pace') return undefined;
    this.row[result.kind] += 1;
    if (this.row[result.kind] < MAX_IN_A_ROW[result.kind]) return undefined;
    return `${this.row[result.kind]} ${result.kind} in a row, the last: ${result.code}: ${result.reason}`;
  }
}
