import { hash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Sets an environment variable for libraries, unless the user has set it. */
export function setDefault(name: string, value: string): void {
  process.env[name] ??= value;
}

/** The environment and working directory of this process. */
export function surroundings(): { env: Environment; cwd: string } {
  return { env: process.env, cwd: process.cwd() };
}

/** Writes a line to the log of this process. */
export function logLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

const place = placeOf();
const name = `${hostname()}:${process.pid}:${place}${randomBytes(4).toString('hex')}`;

/** Identifies the process ID namespace: two containers can share a host name and both have a process 1. */
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

/**
 * Name of this process in the ledger: `host:pid:` and a suffix that distinguishes it from earlier processes.
 */
export function workerName(): string {
  return name;
}

/**
 * Whether the process of a worker name may still be running. The answer is yes for another host or container,
 * which cannot be checked, and for a reused process ID. The lease then decides.
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
