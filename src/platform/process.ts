import { hash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Sets a variable that libraries read from the environment, unless the user has. */
export function setDefault(name: string, value: string): void {
  process.env[name] ??= value;
}

/** The environment and the folder of this process, where no command line says which. */
export function surroundings(): { env: Environment; cwd: string } {
  return { env: process.env, cwd: process.cwd() };
}

/** Writes a line where whoever runs this process keeps its log. */
export function logLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

const place = placeOf();
const name = `${hostname()}:${process.pid}:${place}${randomBytes(4).toString('hex')}`;

/** Within what process numbers are given out: two containers may have one name, and both a process 1. */
function placeOf(): string {
  const read = (work: () => string) => {
    try {
      return work();
    } catch {
      return '';
    }
  };
  const boot = read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  return hash('sha256', boot + read(() => readlinkSync('/proc/self/ns/pid'))).slice(0, 8);
}

/** This process as other processes on the ledger know it: `host:pid:` and what tells it from earlier ones. */
export function workerName(): string {
  return name;
}

/**
 * Whether the process behind a worker name may still be running. Of another host or container nothing is known, so the
 * answer is yes; a process number that was given out again also answers yes, and its lease then decides.
 */
export function mayBeRunning(worker: string): boolean {
  const [, host, pid, where] = /^(.*?):(\d+)(?::([0-9a-f]{8})[0-9a-f]*)?$/.exec(worker) ?? [];
  if (host !== hostname() || (where !== undefined && where !== place)) return true;
  if (Number(pid) === process.pid) return worker === name;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
