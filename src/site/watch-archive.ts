import { join } from 'node:path';
import { CONFIG_FILE } from '../config/load.js';
import { ObnError } from '../findings/error.js';
import type { Interruption } from '../platform/interrupt.js';
import { WakeSignal } from '../platform/wake-signal.js';
import { type Archive, type ArchiveOptions, buildArchive } from './build-archive.js';

export interface WatchArchiveOptions extends ArchiveOptions {
  /** Called after the first build; its signal ends the watching. */
  interruptible(): Interruption;
  onBuilt(archive: Archive): void | Promise<void>;
  /** The first build is done, and changes are followed. */
  onWatching(): void;
  /** A later build failed because of what the author wrote; the site stays as it was. */
  onFailure(error: ObnError): void;
  /** The system lets obn watch no more files, so some changes are not seen. */
  onExhausted(): void;
}

/** How long after a failed build on the day of an issue the next one begins, if nothing changes before. */
const RETRY_MS = 3_600_000;

/**
 * Builds the site now, after each change, and when the day of an issue begins, until the signal fires.
 * @throws what the first build throws
 */
export async function watchArchive(options: WatchArchiveOptions): Promise<void> {
  const { watchPaths } = await import('../platform/watch.js');
  const { root } = (await options.open()).newsletter;
  const wake = new WakeSignal(options.clock);
  const paths = ['issues', 'snippets', 'templates', CONFIG_FILE].map((name) => join(root, name));
  // Before the first build, so that nothing that is saved during it is missed.
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

/** @returns when there will be another public issue, in milliseconds since 1970; undefined: none is planned */
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
