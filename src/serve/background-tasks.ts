import type { Context } from 'hono';
import type { Clock } from '../platform/clock.js';

/**
 * Runs a task without revealing, through the response time, anything about an address.
 * @returns when the response may be sent.
 */
export type BackgroundTasks = (task: () => Promise<void>, context: Context) => Promise<void>;

/**
 * More waiting tasks than this mean a flood or an unavailable mail server. Readers can try again
 * later.
 */
const MOST_WAITING = 1_000;

/** Background tasks of a long-running process. Each starts after the response has been sent. */
export class Tasks {
  private readonly running = new Set<Promise<void>>();

  /** @param answered resolves when the response has been sent, or the connection is gone */
  constructor(
    private readonly onError: (error: unknown) => void,
    private readonly answered: (context: Context) => Promise<void>,
  ) {}

  readonly later: BackgroundTasks = async (task, context) => {
    if (this.running.size >= MOST_WAITING)
      return this.onError(new Error('too many emails are waiting; one was dropped'));
    const running = this.answered(context)
      .then(task)
      .catch(this.onError)
      .finally(() => this.running.delete(running));
    this.running.add(running);
  };

  /** Resolves when all tasks are done. */
  async finished(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }
}

/**
 * For hosts that stop after the response: waits for the task, and for the same total time whatever
 * it does.
 */
export function beforeTheAnswer(
  clock: Clock,
  ms: number,
  onError: (error: unknown) => void,
): BackgroundTasks {
  return async (task) => {
    await Promise.all([task().catch(onError), clock.sleep(ms)]);
  };
}
