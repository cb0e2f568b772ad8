import { existsSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { watch } from 'chokidar';
import { errorCode } from './files.js';

export interface Watcher {
  /** Replaces the watched paths. */
  follow(paths: readonly string[]): void;
  close(): Promise<void>;
}

export interface WatchListener {
  change(): void;
  /** The system limit for watched files is reached. Changes of other files go unnoticed. */
  exhausted(): void;
}

/** Changes within this time count as one, because editors write a file in several steps. */
const SETTLE_MS = 12;
/**
 * A file that returns within this time was not removed, because some editors remove and rewrite it. Longer
 * than chokidar waits.
 */
const RETURN_MS = 120;
/** Errors for too many open files or watches. */
const EXHAUSTED = new Set(['ENOSPC', 'EMFILE', 'ENFILE']);

/**
 * Calls back when a file, or anything in a folder, is written, created or removed. Paths need not exist yet.
 * Ignores hidden files and backup copies of editors. @returns once watching has started
 */
export async function watchPaths(paths: readonly string[], listener: WatchListener): Promise<Watcher> {
  let watched = paths;
  const within = (path: string, other: string) => path === other || path.startsWith(other + sep);
  const isWatched = (path: string) => !isAside(path) && watched.some((one) => within(path, one));
  // A missing path cannot be watched, so its parents are.
  const isAbove = (path: string) => watched.some((one) => within(one, path));
  const ignored = (path: string) => !isWatched(path) && !isAbove(path);
  const watcher = watch(foldersAbove(paths), { ignoreInitial: true, ignored });
  let timer: NodeJS.Timeout | undefined;
  const changed = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => listener.change(), ms);
  };
  watcher.on('all', () => changed(SETTLE_MS));
  // chokidar reports only the first of two changes within 50 ms, but the last one counts.
  watcher.on('raw', (_event, name: string | null, details) => {
    const { watchedPath } = details as { watchedPath?: string };
    if (watchedPath === undefined || name === null) return;
    const path = basename(watchedPath) === name ? watchedPath : join(watchedPath, name);
    if (isWatched(path)) changed(existsSync(path) ? SETTLE_MS : RETURN_MS);
  });
  let told = false;
  // An unreadable folder is skipped.
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
      // The watch of the parent folder has filtered this path out so far.
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
