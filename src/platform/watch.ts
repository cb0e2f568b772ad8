import { existsSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { watch } from 'chokidar';
import { errorCode } from './files.js';

export interface Watcher {
  /** Watches other paths than before. */
  follow(paths: readonly string[]): void;
  close(): Promise<void>;
}

export interface WatchListener {
  change(): void;
  /** The system lets nobody watch any more files; what is not watched changes unseen. */
  exhausted(): void;
}

/** Editors write a file in several steps; what changes within so many milliseconds is one change. */
const SETTLE_MS = 12;
/** Some remove a file and then write it again; what is gone for less long was never away. More than chokidar waits. */
const RETURN_MS = 120;
/** No more files, or no more watches, are to be had. */
const EXHAUSTED = new Set(['ENOSPC', 'EMFILE', 'ENFILE']);

/**
 * Calls back when a file, or anything in a folder, is written, made or removed; what does not exist yet is waited for.
 * Hidden files and the copies that editors keep are no change. @returns when it watches
 */
export async function watchPaths(paths: readonly string[], listener: WatchListener): Promise<Watcher> {
  let watched = paths;
  const within = (path: string, other: string) => path === other || path.startsWith(other + sep);
  const isWatched = (path: string) => !isAside(path) && watched.some((one) => within(path, one));
  // What is above is watched too, as a path that does not exist cannot be.
  const isAbove = (path: string) => watched.some((one) => within(one, path));
  const ignored = (path: string) => !isWatched(path) && !isAbove(path);
  const watcher = watch(foldersAbove(paths), { ignoreInitial: true, ignored });
  let timer: NodeJS.Timeout | undefined;
  const changed = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => listener.change(), ms);
  };
  watcher.on('all', () => changed(SETTLE_MS));
  // Of two changes of a file within 50 ms chokidar tells the first alone, and what was written last counts.
  watcher.on('raw', (_event, name: string | null, details) => {
    const { watchedPath } = details as { watchedPath?: string };
    if (watchedPath === undefined || name === null) return;
    const path = basename(watchedPath) === name ? watchedPath : join(watchedPath, name);
    if (isWatched(path)) changed(existsSync(path) ? SETTLE_MS : RETURN_MS);
  });
  let told = false;
  // A folder that cannot be read is not watched, and the rest is.
  watcher.on('error', (error) => {
    if (told || !EXHAUSTED.has(errorCode(error) ?? '')) return;
    told = true;
    listener.exhausted();
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return {
    follow: (others) => {
      const added = others.filter((path) => !watched.includes(path));
      watched = others;
      // A folder that is watched already has left out what was not asked for.
      if (added.length > 0)
        watcher.add([...foldersAbove(added), ...added.filter((path) => existsSync(path))]);
    },
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

function foldersAbove(paths: readonly string[]): string[] {
  return [...new Set(paths.map(folderAbove))];
}

function folderAbove(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === path ? folder : folderAbove(folder);
}

function isAside(path: string): boolean {
  return /^\.(?!\.?$)|~$|^#.*#$/.test(basename(path));
}
