import { hostname } from 'node:os';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Sets a variable that libraries read from the environment, unless the user has. */
export function setDefault(name: string, value: string): void {
  process.env[name] ??= value;
}

/** This process as other processes on the ledger know it: `host:pid`. */
export function workerName(): string {
  return `${hostname()}:${process.pid}`;
}

/**
 * Whether the process behind a worker name may still be running. Of another host nothing is known, so the answer
 * is yes; a process number that was given out again also answers yes, and its lease then decides.
 */
export function mayBeRunning(worker: string): boolean {
  const split = worker.lastIndexOf(':');
  if (worker.slice(0, split) !== hostname()) return true;
  try {
    process.kill(Number(worker.slice(split + 1)), 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
