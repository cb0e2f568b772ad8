import type { Context } from 'hono';
import type { Clock } from '../platform/clock.js';

/**
 * Does what an answer must not wait for, so that the time it takes says nothing about an address.
 * @returns when the answer may go out.
 */
export type BackgroundTasks = (task: () => Promise<void>, context: Context) => Promise<void>;

/** More than this is a flood, or a mail server that has gone; whoever comes then may try again. */
const MOST_WAITING = 1_000;

/** Tasks of a process that continues to run: each starts when the answer has been sent. */
export class Tasks {
  private readonly running = new Set<Promise<void>>();

  /** @param answered resolves when the answer to a request has been sent, or cannot be sent any more */
  constructor(
    private readonly onError: (error: unknown) => void,
    private readonly answered: (context: Context) => Promise<void>,
  ) {}

  readonly later: BackgroundTasks = async (task, context) => {
    if (this.running.size >= MOST_WAITING)
      return this.onError(new Error('too many mails are waiting; one was left out'));
    const running = this.answered(context)
      .then(task)
      .catch(this.onError)
      .finally(() => this.running.delete(running));
    this.running.add(running);
  };

  /** Resolves when nothing is left to do. */
  async finished(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }
}

/** Where nothing runs on after the answer: it waits for the task, and for as long every time, whatever the task does. */
export function beforeTheAnswer(
  clock: Clock,
  ms: number,
  onError: (error: unknown) => void,
): BackgroundTasks {
  return async (task) => {
    await Promise.all([task().catch(onError), clock.sleep(ms)]);
  };
}
