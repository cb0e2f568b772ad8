import type { Counts } from '../../ledger/ledger.js';
import type { Clock } from '../../platform/clock.js';
import type { SendResult } from '../../transport/transport.js';
import type { Output } from '../command.js';
import { durationText } from './status.js';

const EVERY_MS = 100;

/** The line that shows how a run is going. */
export class ProgressLine {
  private readonly done = { accepted: 0, rejected: 0, unknown: 0 };
  private readonly total: number;
  private readonly startedAt: number;
  private shownAt = 0;

  constructor(
    private readonly output: Output,
    private readonly clock: Clock,
    before: Counts,
  ) {
    this.total = before.queued + before.claimed;
    this.startedAt = clock.now();
  }

  count({ kind }: SendResult): void {
    if (kind === 'deferred' || kind === 'refused') return;
    this.done[kind] += 1;
    const now = this.clock.now();
    if (now - this.shownAt < EVERY_MS) return;
    this.shownAt = now;
    this.output.progress(this.text(now));
  }

  private text(now: number): string {
    const { accepted, rejected, unknown } = this.done;
    const finished = accepted + rejected + unknown;
    const left = this.total - finished;
    const rate = finished / Math.max(0.001, (now - this.startedAt) / 1000);
    const parts = [
      `${accepted}/${this.total} sent`,
      `${rate.toFixed(0)} a second`,
      `${durationText(left / rate)} left`,
    ];
    if (rejected > 0) parts.push(`${rejected} rejected`);
    if (unknown > 0) parts.push(`${unknown} unknown`);
    return parts.join(', ');
  }
}
