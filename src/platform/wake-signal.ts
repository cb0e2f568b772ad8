import type { Clock } from './clock.js';

/** Longest timer. A sleeping machine delays timers, so the time is checked again at least this often. */
const HOUR_MS = 3_600_000;

/** Wakes the current waiter, or the next one. Several rings before a wait count as one. */
export class WakeSignal {
  private rung = false;
  private wake: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  /**
   * Waits for a ring. Returns immediately if it rang since the last wait.
   * @param until deadline in milliseconds since 1970; undefined: none
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
