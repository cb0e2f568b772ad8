import { existsSync } from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import { watch } from 'chokidar';

export interface Watcher {
  close(): Promise<void>;
}

/** Editors write a file in several steps; what changes within so many milliseconds is one change. */
const SETTLE_MS = 12;

/**
 * Calls back when a file, or anything in a folder, is written, made or removed; what does not exist yet is waited for.
 * Hidden files and the copies that editors keep are no change. @returns when it watches
 */
export async function watchPaths(paths: readonly string[], onChange: () => void): Promise<Watcher> {
  const within = (path: string, other: string) => path === other || path.startsWith(other + sep);
  const ignored = (path: string) => {
    // What is above is watched too, as a path that does not exist cannot be.
    if (paths.some((one) => within(one, path))) return false;
    return isAside(path) || !paths.some((one) => within(path, one));
  };
  const watcher = watch([...new Set(paths.map(folderAbove))], { ignoreInitial: true, ignored });
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLE_MS);
  });
  // A folder that cannot be read is not watched, and the rest is.
  watcher.on('error', () => undefined);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

function folderAbove(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === path ? folder : folderAbove(folder);
}

function isAside(path: string): boolean {
  return /^\.(?!\.?$)|~$|^#.*#$/.test(basename(path));
}
