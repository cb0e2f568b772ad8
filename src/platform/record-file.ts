import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, fileError, makeFolders } from './files.js';
import { OWNER_ONLY, OWNER_ONLY_FOLDER } from './owner-only.js';

/**
 * Overwrites a short record in one call. Meant for frequent writes: it waits for the disk only with
 * `durable`, and the record outlives the process either way. Recreates a removed file.
 * @param text always of the same length
 */
export function writeRecord(path: string, text: string, durable: boolean): void {
  try {
    if (!overwrite(path, text, durable)) create(path, text, durable);
  } catch (error) {
    throw fileError('write', path, error);
  }
}

/** @returns false when there is no such file */
function overwrite(path: string, text: string, durable: boolean): boolean {
  let file: number;
  try {
    file = openSync(path, 'r+');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
  try {
    writeSync(file, text, 0);
    if (durable) fsyncSync(file);
    return true;
  } finally {
    closeSync(file);
  }
}

/** Created atomically: readers find the whole record or no file. */
function create(path: string, text: string, durable: boolean): void {
  mkdirSync(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(temporary, text, { flag: 'wx', mode: OWNER_ONLY, flush: durable });
  renameSync(temporary, path);
}

/**
 * Creates an empty private file in a private folder, unless the file exists. Programs that open it later keep
 * its mode. @throws ObnError when it cannot be created
 */
export async function reserveFile(path: string): Promise<void> {
  try {
    await makeFolders(dirname(path), OWNER_ONLY_FOLDER);
    await (await open(path, 'wx', OWNER_ONLY)).close();
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw fileError('write', path, error);
  }
}
