import type { Counts } from '../../ledger/ledger.js';
import type { Clock } from '../../platform/clock.js';
import type { SendResult } from '../../transport/transport.js';
import type { Output } from '../command.js';
import { durationText } from './status.js';

const EVERY_MS = 100;
/** The rate is that of so many looks back: what a throttled hour ago was says nothing of the next. */
const WINDOW = 100;

/** The line that shows how a run is going. */
export class ProgressLine {
  private readonly done = { accepted: 0, rejected: 0, unknown: 0 };
  private readonly total: number;
  private readonly looks: { readonly at: number; readonly finished: number }[];

  constructor(
    private readonly output: Output,
    private readonly clock: Clock,
    before: Counts,
  ) {
    this.total = before.queued + before.claimed;
    this.looks = [{ at: clock.now(), finished: 0 }];
  }

  count({ kind }: SendResult): void {
    if (kind === 'deferred' || kind === 'refused') return;
    this.done[kind] += 1;
    const now = this.clock.now();
    if (now - (this.looks.at(-1)?.at ?? 0) < EVERY_MS) return;
    this.output.progress(this.text(now), this.finished / this.total);
    this.looks.push({ at: now, finished: this.finished });
    if (this.looks.length > WINDOW) this.looks.shift();
  }

  private get finished(): number {
    const { accepted, rejected, unknown } = this.done;
    return accepted + rejected + unknown;
  }

  private text(now: number): string {
    const { accepted, rejected, unknown } = this.done;
    const [first = { at: now, finished: 0 }] = this.looks;
    const rate = (this.finished - first.finished) / Math.max(0.001, (now - first.at) / 1000);
    const parts = [
      `${accepted}/${this.total} sent`,
      `${rate.toFixed(rate < 10 ? 1 : 0)} a second`,
      `${durationText((this.total - this.finished) / rate)} left`,
    ];
    if (rejected > 0) parts.push(`${rejected} rejected`);
    if (unknown > 0) parts.push(`${unknown} unknown`);
    return parts.join(', ');
  }
}
