import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, fileError, makeFolders } from './files.js';
import { OWNER_ONLY, OWNER_ONLY_FOLDER } from './owner-only.js';

/**
 * Writes a short record in one call, over the one that is there. It is made to be written often: nothing waits for the
 * disk unless `durable` says so, and the record survives the process either way. A file that was removed is made again.
 * @param text of the same length every time
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

/** Whoever reads it meanwhile finds all of it, or nothing. */
function create(path: string, text: string, durable: boolean): void {
  mkdirSync(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(temporary, text, { flag: 'wx', mode: OWNER_ONLY, flush: durable });
  renameSync(temporary, path);
}

/**
 * Makes an empty file for its owner only, where there is none, in a folder for its owner only. Programs that open it
 * afterwards leave its mode as it is. @throws ObnError when it cannot be made
 */
export async function reserveFile(path: string): Promise<void> {
  try {
    await makeFolders(dirname(path), OWNER_ONLY_FOLDER);
    await (await open(path, 'wx', OWNER_ONLY)).close();
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw fileError('write', path, error);
  }
}
