import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import {
  cp,
  link,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  writeFile as write,
} from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { configurationError, FileError, messageOf, ObnError } from '../findings/error.js';
import { isOwn, OWNER_ONLY, OWNER_ONLY_FOLDER } from './owner-only.js';
import { CONFLICT_ERROR, conflictLine, withLineFeeds } from './text.js';

export { OWNER_ONLY } from './owner-only.js';

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'no such file or folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a parent of the path is not a folder',
  EMFILE: 'too many files are open',
};

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** A file system error as an ObnError. */
export function fileError(action: string, path: string, error: unknown): Error {
  const reason = REASONS[errorCode(error) ?? ''] ?? messageOf(error);
  return configurationError(`cannot ${action} ${path}: ${reason}`, { cause: error });
}

/** Limit for files written by hand. */
const MAX_TEXT_BYTES = 1024 * 1024;

/**
 * Reads a text file written by a person, without a byte order mark and with line feeds only.
 * @throws ObnError like {@link readUtf8}, and when the file has a git merge conflict.
 */
export async function readText(path: string): Promise<string> {
  const text = withLineFeeds(await readUtf8(path));
  const line = conflictLine(text);
  if (line === undefined) return text;
  const { message, hint } = CONFLICT_ERROR;
  throw new FileError(path, line, message, { hint, rule: 'file/conflict' });
}

/**
 * Reads a UTF-8 text file without its byte order mark.
 * @throws ObnError when it cannot be read, is larger than 1 MiB, or is not UTF-8.
 */
export async function readUtf8(path: string): Promise<string> {
  const bytes = await readBytes(path, MAX_TEXT_BYTES);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const line = firstInvalidLine(bytes);
    throw new FileError(path, line, 'is not UTF-8 text', {
      hint: 'save the file as UTF-8',
      cause,
    });
  }
}

function firstInvalidLine(bytes: Buffer): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let line = 1, start = 0; ; line++) {
    const newline = bytes.indexOf(10, start);
    try {
      decoder.decode(bytes.subarray(start, newline < 0 ? bytes.length : newline));
    } catch {
      return line;
    }
    if (newline < 0) return line;
    start = newline + 1;
  }
}

export async function readBytes(path: string, maxBytes: number): Promise<Buffer> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > maxBytes) {
      const kilobytes = (bytes: number) => `${Math.round(bytes / 1024).toLocaleString('en')} kB`;
      throw new FileError(path, 1, `is too large: ${kilobytes(size)} (maximum ${kilobytes(maxBytes)})`);
    }
    return await file.readFile();
  } catch (error) {
    if (error instanceof ObnError) throw error;
    throw fileError('read', path, error);
  }
}

/** The first bytes of a file, and its size; undefined if it does not exist. */
export async function readHead(
  path: string,
  bytes: number,
): Promise<{ head: Buffer; size: number } | undefined> {
  try {
    await using file = await open(path, 'r');
    const status = await file.stat();
    if (!status.isFile()) return undefined;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(bytes, status.size)));
    return { head: buffer.subarray(0, bytesRead), size: status.size };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw fileError('read', path, error);
  }
}

const CHUNK_BYTES = 16 * 1024;

/**
 * Reads a file in chunks. Each chunk overwrites the previous one, so memory use does not depend on file size.
 */
export async function* readChunks(path: string): AsyncGenerator<Buffer> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  try {
    await using file = await open(path, 'r');
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES);
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
    }
  } catch (error) {
    throw error instanceof ObnError ? error : fileError('read', path, error);
  }
}

/** Content of a file. A stream is never held in memory as a whole. */
type Content = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file atomically: readers see the old content or the new, also after a power failure. A replacement
 * is synced to disk before it is renamed. An existing file keeps its mode. In `.obn` every file is {@link
 * OWNER_ONLY}.
 * @param mode mode of a new file. With OWNER_ONLY, the folders that it creates are private, too
 */
export async function writeFile(path: string, data: Content, mode?: number): Promise<void> {
  await writeThrough(path, data, rename, mode);
}

/** Creates a file. Returns false and changes nothing if it exists. */
export async function createFile(path: string, data: Content, mode?: number): Promise<boolean> {
  let created = true;
  await writeThrough(
    path,
    data,
    async (temporary, target) => {
      try {
        await link(temporary, target);
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') throw error;
        created = false;
      }
      await rm(temporary, { force: true });
    },
    mode,
  );
  return created;
}

async function writeThrough(
  path: string,
  data: Content,
  publish: (temporary: string, target: string) => Promise<void>,
  mode?: number,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await makeFolders(dirname(path), mode === OWNER_ONLY ? OWNER_ONLY_FOLDER : undefined);
    await using file = await open(temporary, 'wx', isOwn(path) ? OWNER_ONLY : mode);
    const before = isOwn(path) ? undefined : await stat(path).catch(() => undefined);
    if (before) await file.chmod(before.mode & 0o7777);
    await write(file, data);
    if (existsSync(path)) await file.sync();
    await publish(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    // The content stream reports its own error.
    throw error instanceof ObnError ? error : fileError('write', path, error);
  }
}

/** Sorted names in a folder; empty if the folder does not exist. */
export async function listFolder(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw fileError('read', path, error);
  }
}

/** Sorted relative paths of all files below a folder; empty if the folder does not exist. */
export async function listTree(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory());
    return files.map(({ parentPath, name }) => relative(path, join(parentPath, name))).sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw fileError('read', path, error);
  }
}

export async function makeFolder(path: string): Promise<void> {
  await makeFolders(path).catch((error: unknown) => {
    throw fileError('make', path, error);
  });
}

/**
 * Creates a folder and its parents. On a read-only file system, a recursive mkdir reports ENOENT; a plain
 * mkdir reports the actual error.
 * @param mode mode of the folders that are created
 */
export async function makeFolders(path: string, mode?: number): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: isOwn(path) ? OWNER_ONLY_FOLDER : mode });
  } catch (error) {
    const missing = error instanceof Error && 'path' in error && errorCode(error) === 'ENOENT';
    if (missing) await mkdir(String(error.path));
    throw error;
  }
}

export async function copyTree(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true }).catch((error: unknown) => {
    throw fileError('write', to, error);
  });
}

export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true }).catch((error: unknown) => {
    throw fileError('remove', path, error);
  });
}

/**
 * The file at a path in a folder, with links followed; undefined if it does not exist, is not a file, or is
 * outside the folder.
 */
export async function fileWithin(folder: string, path: string): Promise<string | undefined> {
  try {
    const [root, file] = [await realpath(folder), await realpath(resolve(folder, path))];
    return file.startsWith(root + sep) && (await stat(file)).isFile() ? file : undefined;
  } catch {
    // No such file, a broken link, or an invalid path.
    return undefined;
  }
}

/** The target of a link; the path itself if it does not exist. */
export async function followLinks(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

export function exists(path: string): boolean {
  return existsSync(path);
}

/**
 * Modification time in milliseconds since 1970; undefined if the file does not exist or the path is invalid.
 */
export function modifiedAt(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  } catch {
    return undefined;
  }
}

/** A stamp that changes whenever the file is written; undefined if the file does not exist. */
export async function fileStamp(path: string): Promise<string | undefined> {
  const status = await stat(path, { bigint: true }).catch(() => undefined);
  return status && [status.size, status.mtimeNs, status.ctimeNs, status.ino].join(' ');
}

/** Size in bytes; 0 if the file does not exist. */
export async function fileSize(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
