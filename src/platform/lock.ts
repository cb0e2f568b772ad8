import { rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createFile, errorCode, fileError, readBytes } from './files.js';
import { mayBeRunning, workerName } from './process.js';

/**
 * Interval at which the holder touches the lock file, which is the only sign of life from another machine.
 */
const BEAT_MS = 1_000;
const LOST_MS = 30_000;
const LOOK_MS = 50;
const MAX_BYTES = 10_000;

/**
 * Takes a lock file as soon as it is free. A lock of a killed process is free immediately.
 * @param waiting called once if another process has the lock
 * @returns a function that releases the lock
 */
export async function takeLock(path: string, waiting: () => void): Promise<() => Promise<void>> {
  let seen = { beat: -1, at: performance.now() };
  let told = false;
  while (!(await createLock(path))) {
    const [holder, beat] = await Promise.all([holderOf(path), beatOf(path)]);
    if (beat !== seen.beat) seen = { beat, at: performance.now() };
    const gone = holder !== '' && !mayBeRunning(holder);
    if (gone || performance.now() - seen.at > LOST_MS) await breakLock(path, holder);
    else {
      if (!told) waiting();
      told = true;
      await pause(LOOK_MS);
    }
  }
  const beat = setInterval(() => {
    const now = Date.now() / 1000;
    utimes(path, now, now).catch(() => undefined);
  }, BEAT_MS).unref();
  return async () => {
    clearInterval(beat);
    if ((await holderOf(path)) === workerName()) await rm(path, { force: true });
  };
}

/** @returns false if it exists */
async function createLock(path: string): Promise<boolean> {
  try {
    await writeFile(path, workerName(), { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw fileError('write', path, error);
  }
}

/** Removes a stale lock, and restores it if another process has taken it meanwhile. */
async function breakLock(path: string, holder: string): Promise<void> {
  const aside = `${path}-${workerName().replace(/[^\w]+/g, '-')}`;
  await rename(path, aside).catch(() => undefined);
  const taken = await holderOf(aside);
  if (taken !== '' && taken !== holder) await createFile(path, taken);
  await rm(aside, { force: true });
}

/** Empty if the holder is unknown. */
async function holderOf(path: string): Promise<string> {
  return (await readBytes(path, MAX_BYTES).catch(() => Buffer.alloc(0))).toString();
}

async function beatOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}
