import { join } from 'node:path';
import { CONFIG_FILE } from '../config/load.js';
import { ObnError } from '../findings/error.js';
import type { Interruption } from '../platform/interrupt.js';
import { WakeSignal } from '../platform/wake-signal.js';
import { type Archive, type ArchiveOptions, buildArchive } from './build-archive.js';

export interface WatchArchiveOptions extends ArchiveOptions {
  /** Called after the first build. Its signal stops watching. */
  interruptible(): Interruption;
  onBuilt(archive: Archive): void | Promise<void>;
  /** Called when the first build is done and watching has started. */
  onWatching(): void;
  /** Called when a later build failed because of an author's file. The site is unchanged. */
  onFailure(error: ObnError): void;
  /** Called when the system limit for watched files is reached, so some changes go unnoticed. */
  onExhausted(): void;
}

/** Delay before a failed build is repeated on the day of an issue, if nothing changes. */
const RETRY_MS = 3_600_000;

/**
 * Builds the site now, after each change, and when the day of an issue begins, until the signal fires.
 * @throws any error of the first build
 */
export async function watchArchive(options: WatchArchiveOptions): Promise<void> {
  const { watchPaths } = await import('../platform/watch.js');
  const { root } = (await options.open()).newsletter;
  const wake = new WakeSignal(options.clock);
  const paths = ['issues', 'snippets', 'templates', CONFIG_FILE].map((name) => join(root, name));
  // Watching starts before the first build, so that no change during the build is missed.
  const watcher = await watchPaths(paths, {
    change: () => wake.ring(),
    exhausted: () => options.onExhausted(),
  });
  try {
    const next = await build(options);
    const { signal, dispose } = options.interruptible();
    signal.addEventListener('abort', () => wake.ring());
    options.onWatching();
    await follow(options, wake, signal, next).finally(dispose);
  } finally {
    await watcher.close();
  }
}

/** @returns time of the next public issue, in milliseconds since 1970; undefined if none is planned */
async function build(options: WatchArchiveOptions): Promise<number | undefined> {
  const archive = await buildArchive(options);
  await options.onBuilt(archive);
  return archive.built.next;
}

async function follow(
  options: WatchArchiveOptions,
  wake: WakeSignal,
  signal: AbortSignal,
  first: number | undefined,
): Promise<void> {
  for (let next = first; ; ) {
    await wake.wait(next);
    if (signal.aborted) return;
    try {
      next = await build(options);
    } catch (error) {
      if (!(error instanceof ObnError)) throw error;
      options.onFailure(error);
      const now = options.clock.now();
      if (next !== undefined && next <= now) next = now + RETRY_MS;
    }
  }
}
