import type { SendResult } from '../../campaign/reporter.js';
import { visible } from '../../findings/visible.js';
import type { Clock } from '../../platform/clock.js';
import { shortDuration } from '../../text/duration.js';
import type { Output } from '../terminal.js';

const EVERY_MS = 100;
/** The rate is taken over this many samples, so that an earlier throttled hour does not count. */
const WINDOW = 100;
/** After this long without a result, the line says what the run waits for. */
const QUIET_MS = 3_000;

/** The progress line of a run. */
export class ProgressLine {
  private readonly done = { accepted: 0, rejected: 0, unknown: 0 };
  private readonly samples: { readonly at: number; readonly finished: number }[];
  private shownAt: number;
  private endedAt: number;
  /** What the run waits for, from its latest report. */
  private waiting = '';

  /** @param total how many messages this run hands over */
  constructor(
    private readonly output: Output,
    private readonly clock: Clock,
    private readonly total: number,
  ) {
    this.shownAt = clock.now();
    this.endedAt = this.shownAt;
    this.samples = [{ at: this.shownAt, finished: 0 }];
  }

  count(result: SendResult): void {
    if (result.kind === 'refused') return;
    if (result.kind === 'deferred') this.waiting = `deferred: ${result.code}: ${result.reason}`;
    else {
      this.done[result.kind] += 1;
      this.endedAt = this.clock.now();
      this.waiting = '';
    }
    this.tick();
  }

  /** @param waitingFor what the run waits for, if it is not its own messages */
  tick(waitingFor?: string): void {
    if (waitingFor !== undefined) this.waiting = waitingFor;
    const now = this.clock.now();
    const quiet = now - this.endedAt > QUIET_MS;
    if (now - this.shownAt < EVERY_MS || !(quiet || this.finished > 0)) return;
    this.shownAt = now;
    this.output.progress(this.text(now, quiet ? this.waiting : ''), this.finished / this.total);
    this.samples.push({ at: now, finished: this.finished });
    if (this.samples.length > WINDOW) this.samples.shift();
  }

  private get finished(): number {
    const { accepted, rejected, unknown } = this.done;
    return accepted + rejected + unknown;
  }

  private text(now: number, waiting: string): string {
    const { accepted, rejected, unknown } = this.done;
    const [first = { at: now, finished: 0 }] = this.samples;
    const rate = (this.finished - first.finished) / Math.max(0.001, (now - first.at) / 1000);
    const left = Math.max(0, this.total - this.finished);
    const parts = [`${accepted}/${this.total} sent`, `${rate.toFixed(rate < 10 ? 1 : 0)}/s`];
    if (rate > 0 && left > 0) parts.push(`${shortDuration(left / rate)} left`);
    if (rejected > 0) parts.push(`${rejected} rejected`);
    if (unknown > 0) parts.push(`${unknown} unknown`);
    if (waiting !== '') parts.push(visible(waiting));
    return parts.join(', ');
  }
}
