import { readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { lstat, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { fileError, makeFolders } from './files.js';

/**
 * Whether a path within a folder stays within it when links are followed; what is not there yet is judged by the folder
 * that it would be made in.
 */
export async function resolvesWithin(folder: string, path: string): Promise<boolean> {
  const root = await realpath(folder);
  for (let at = resolve(folder, path); at.startsWith(folder + sep); at = dirname(at)) {
    const found = await realpath(at).catch(() => undefined);
    if (found !== undefined) return found.startsWith(root + sep);
    // A link that leads nowhere.
    if (await lstat(at).catch(() => undefined)) return false;
  }
  return true;
}

/** Whether no file can stand at a path within a folder: there is a folder, or where a folder has to be is none. */
export async function isBlocked(folder: string, path: string): Promise<boolean> {
  const file = join(folder, path);
  const status = await stat(file).catch(() => undefined);
  if (status) return !status.isFile();
  for (let at = dirname(file); at.startsWith(folder + sep); at = dirname(at)) {
    const above = await stat(at).catch(() => undefined);
    if (above) return !above.isDirectory();
  }
  return false;
}

/** Which of these files are not within a folder when links are followed; what is not there is no link. */
export function linkedOut(folder: string, files: readonly string[]): Set<string> {
  const real = (path: string) => {
    try {
      return realpathSync.native(path);
    } catch {
      return undefined;
    }
  };
  const root = real(folder);
  return new Set(files.filter((file) => !(real(file) ?? `${root}${sep}`).startsWith(`${root}${sep}`)));
}

/** How large the files in a folder are, by the paths of those that are there. */
export function fileSizes(folder: string, paths: readonly string[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    const status = statusOf(join(folder, path));
    if (status?.isFile()) sizes.set(path, status.size);
  }
  return sizes;
}

/** Undefined when there is nothing, or the path cannot be one, such as where a folder of it is a file. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Writes a file that nobody else looks at, into a folder that is there. */
export async function writeNew(path: string, data: Uint8Array): Promise<void> {
  await writeFile(path, data, { flag: 'wx' }).catch((error: unknown) => {
    throw fileError('write', path, error);
  });
}

/** Renames a file within a file system, over one that is there. */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await makeFolders(dirname(to));
    await rename(from, to);
  } catch (error) {
    throw fileError('write', to, error);
  }
}

export async function removeTree(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) => {
    throw fileError('remove', path, error);
  });
}

/** Removes the folders above a path that are empty, up to `folder`. */
export async function removeEmptyFolders(folder: string, path: string): Promise<void> {
  try {
    for (let at = dirname(join(folder, path)); at !== folder; at = dirname(at)) await rmdir(at);
  } catch {
    // It is not empty.
  }
}

/** The bytes of many small files, quicker than one by one; undefined for one that cannot be read. */
export function readMany(paths: readonly string[]): (Buffer | undefined)[] {
  return paths.map((path) => {
    try {
      return readFileSync(path);
    } catch {
      return undefined;
    }
  });
}
