import type { Clock } from './clock.js';

/** A timer waits for no longer, as a machine that sleeps holds it up. */
const HOUR_MS = 3_600_000;

/** Wakes one who waits, or who will wait next; of several rings that nobody has heard yet, one is heard. */
export class WakeSignal {
  private rung = false;
  private wake: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  /**
   * Waits until it rings, unless it has rung since the last time.
   * @param until when waiting ends in any case, in milliseconds since 1970; undefined: never
   */
  async wait(until: number | undefined): Promise<void> {
    while (!this.rung && (until === undefined || this.clock.now() < until)) await this.once(until);
    this.rung = false;
  }

  private async once(until: number | undefined): Promise<void> {
    let cancel: (() => void) | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (until === undefined) return;
      cancel = this.clock.after(Math.min(until - this.clock.now(), HOUR_MS), resolve);
    });
    cancel?.();
  }
}
