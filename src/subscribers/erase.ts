import { join, relative } from 'node:path';
import type { Newsletter } from '../config/load.js';
import { ObnError } from '../findings/error.js';
import { listTree, readChunks, removeFile } from '../platform/files.js';
import { transportKinds } from '../transport/table.js';
import { removeDeadImports, removeHalfWritten } from './leftovers.js';
import { addressWithin, removeNaming } from './remove-naming.js';
import { removeRows } from './remove-rows.js';

interface Person {
  readonly address: string;
  readonly key: string;
}

/**
 * Erases a person from the copies that obn made: backups of the list, reports, rehearsals in the outbox, and
 * unfinished files of runs that were killed.
 * @param list the path of the list
 * @returns the files that were changed or removed, by their paths within the newsletter
 */
export async function eraseCopies(newsletter: Newsletter, person: Person, list: string): Promise<string[]> {
  const { root } = newsletter;
  const erased = await removeDeadImports(root);
  erased.push(...(await removeHalfWritten(root, list)).map((path) => relative(root, path)));
  for (const folder of ['.obn/backups', '.obn/reports']) {
    for (const name of await listTree(join(root, folder))) {
      const file = `${folder}/${name}`;
      const remove = folder === '.obn/reports' ? removeNaming : removeRows;
      const removed = await remove(join(root, file), file, person.key).catch((error: unknown) => {
        // A file that is not a valid list is reported to the user instead.
        if (error instanceof ObnError) return 0;
        throw error;
      });
      if (removed > 0) erased.push(file);
    }
  }
  for (const { files } of transportKinds) {
    if (!files) continue;
    const folder = files.folder(newsletter);
    const names = files.namesFor(person.address);
    for (const name of await listTree(folder)) {
      if (!names.includes(name.split(/[\\/]/).at(-1) ?? '')) continue;
      await removeFile(join(folder, name));
      erased.push(relative(root, join(folder, name)));
    }
  }
  return erased;
}

/** Messages in an outbox, whose file names contain the address. */
const ELSEWHERE = /@[^/\\]+\.eml$/;

/**
 * Other files of obn that name a person, by their paths within the newsletter.
 * @param ledger the file of the ledger, which is erased separately
 */
export async function namedIn(
  newsletter: Newsletter,
  { key }: Person,
  ledger: string | undefined,
): Promise<string[]> {
  const { root } = newsletter;
  const folders = [
    join(root, '.obn'),
    ...transportKinds.flatMap(({ files }) => files?.folder(newsletter) ?? []),
  ];
  const found = new Set<string>();
  for (const folder of folders) {
    for (const name of await listTree(folder)) {
      const path = join(folder, name);
      const isLedger = ledger !== undefined && path.replace(/-(wal|shm)$/, '') === ledger;
      if (isLedger || ELSEWHERE.test(name) || !(await contains(path, key))) continue;
      found.add(relative(root, path));
    }
  }
  return [...found].sort();
}

/** Whether a file contains this address, in any case. In a database, text before or after it is not separated. */
async function contains(path: string, address: string): Promise<boolean> {
  const within = addressWithin(address);
  const isDatabase = /\.db(-wal|-shm)?$/.test(path);
  let before = '';
  for await (const chunk of readChunks(path)) {
    const piece = before + chunk.toString('latin1').toLowerCase();
    if (isDatabase ? piece.includes(address) : within.test(piece)) return true;
    before = piece.slice(-address.length - 1);
  }
  return false;
}
