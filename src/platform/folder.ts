import {
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { fileError } from './files.js';

/**
 * The paths in a folder where no file can be written: a link leads out of the folder or is broken, the path
 * is a folder, or a parent is not a folder.
 * @param folder absolute path of an existing folder
 */
export function blockedPaths(folder: string, paths: Iterable<string>): Set<string> {
  const root = realpathSync.native(folder);
  const known = new Map<string, Kind>();
  const kindOf = (at: string): Kind => {
    const kind = known.get(at) ?? (at === folder ? 'folder' : kindWithin(root, at, kindOf));
    known.set(at, kind);
    return kind;
  };
  const fits = (kind: Kind) => kind === 'file' || kind === 'nothing';
  return new Set([...paths].filter((path) => !fits(kindOf(resolve(folder, path)))));
}

type Kind = 'file' | 'folder' | 'nothing' | 'blocked';

function kindWithin(root: string, path: string, kindOf: (path: string) => Kind): Kind {
  const above = kindOf(dirname(path));
  if (above !== 'folder') return above === 'nothing' ? 'nothing' : 'blocked';
  try {
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (!status) return 'nothing';
    if (status.isSymbolicLink() && !realpathSync.native(path).startsWith(root + sep)) return 'blocked';
    const target = statSync(path);
    return target.isDirectory() ? 'folder' : target.isFile() ? 'file' : 'blocked';
  } catch {
    // A broken link, or a folder that cannot be read.
    return 'blocked';
  }
}

/** The files that are outside a folder once links are followed. Missing files are not links. */
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

/** Sizes of the existing files in a folder, by path. */
export function fileSizes(folder: string, paths: readonly string[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    const status = statusOf(join(folder, path));
    if (status?.isFile()) sizes.set(path, status.size);
  }
  return sizes;
}

/** Undefined if the path does not exist or cannot exist, for example below a file. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/**
 * Writes a file that nothing else reads yet, into an existing folder. Synchronous, which is faster for many
 * small files.
 */
export function writeNew(path: string, data: Uint8Array): void {
  try {
    writeFileSync(path, data, { flag: 'wx' });
  } catch (error) {
    throw fileError('write', path, error);
  }
}

/** Moves a file within a file system and replaces an existing one. Creates the folder. */
export function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    try {
      mkdirSync(dirname(to), { recursive: true });
      renameSync(from, to);
    } catch (error) {
      throw fileError('write', to, error);
    }
  }
}

export async function removeTree(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) => {
    throw fileError('remove', path, error);
  });
}

/** Removes empty folders above a path, up to `folder`. */
export async function removeEmptyFolders(folder: string, path: string): Promise<void> {
  try {
    for (let at = dirname(join(folder, path)); at !== folder; at = dirname(at)) await rmdir(at);
  } catch {
    // Not empty.
  }
}

/** Reads many small files, faster than one by one. Undefined for a file that is unreadable or too large. */
export function readMany(
  paths: readonly string[],
  maxBytes = Number.POSITIVE_INFINITY,
): (Buffer | undefined)[] {
  return paths.map((path) => {
    try {
      return statSync(path).size > maxBytes ? undefined : readFileSync(path);
    } catch {
      return undefined;
    }
  });
}
