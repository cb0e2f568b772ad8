import { readFileSync, statSync } from 'node:fs';
import { lstat, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises';
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

/** How large the files in a folder are, by the paths of those that are there. */
export function fileSizes(folder: string, paths: readonly string[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    const status = statSync(join(folder, path), { throwIfNoEntry: false });
    if (status?.isFile()) sizes.set(path, status.size);
  }
  return sizes;
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
