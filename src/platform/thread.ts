import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** Number of threads that can run in parallel. */
export const PROCESSORS = availableParallelism();

/** Yields to the event loop, for example for messages of threads. */
export async function breathe(): Promise<void> {
  await setImmediate();
}

interface Call {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Response of a script to a message `{ id, data }`. */
type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly error: string });

/** Size of the young generation. By default V8 uses three times as much before it collects garbage. */
const YOUNG_MB = 12;

/**
 * Runs a script in a worker thread that starts on the first call and ends when idle, which frees its memory.
 * It never keeps the process alive.
 */
export class SparingThread {
  private readonly calls = new Map<number, Call>();
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;
  private kept = false;
  private last = 0;

  constructor(
    private readonly script: URL,
    private readonly idleMs: number,
    private readonly youngMb = YOUNG_MB,
  ) {}

  /** Starts the thread in advance. */
  warm(): void {
    this.worker ??= this.start();
    if (this.calls.size === 0) this.worker.unref();
  }

  /** Starts the thread and keeps it running while idle. */
  keep(): void {
    this.kept = true;
    clearTimeout(this.idle);
    this.warm();
  }

  /** @throws Error with the error of the script, or when the thread ends early. */
  call(data: unknown): Promise<unknown> {
    clearTimeout(this.idle);
    this.worker ??= this.start();
    this.worker.ref();
    this.last += 1;
    const id = this.last;
    return new Promise((resolve, reject) => {
      this.calls.set(id, { resolve, reject });
      this.worker?.postMessage({ id, data });
    });
  }

  private start(): Worker {
    const worker = new Worker(this.script, { resourceLimits: { maxYoungGenerationSizeMb: this.youngMb } });
    worker.on('message', (answer: Answer) => this.answered(answer));
    worker.on('error', (error) => this.ended(worker, error));
    worker.on('exit', () => this.ended(worker, new Error('the thread ended unexpectedly')));
    return worker;
  }

  private answered(answer: Answer): void {
    const call = this.calls.get(answer.id);
    this.calls.delete(answer.id);
    if (this.calls.size === 0) this.rest();
    if ('error' in answer) call?.reject(new Error(answer.error));
    else call?.resolve(answer.value);
  }

  private rest(): void {
    const { worker } = this;
    worker?.unref();
    if (this.kept) return;
    this.idle = setTimeout(() => {
      this.worker = undefined;
      void worker?.terminate();
    }, this.idleMs).unref();
  }

  private ended(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const { reject } of this.calls.values()) reject(error);
    this.calls.clear();
  }
}
