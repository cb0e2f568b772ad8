import { basename, dirname, join } from 'node:path';
import { listFolder, listTree, removeFile } from '../platform/files.js';
import { mayBeRunning, workerName } from '../platform/process.js';

/** The prefix of the files of an import in `.obn/cache`; the process id follows. */
export function importFiles(): string {
  const [pid, place] = workerName().split(':').slice(-2);
  return `import-${pid}-${place}`;
}

const IMPORT = /^\.?import-(\d+)-([0-9a-f]+)\./;

/** Removes files of killed imports, which contain complete lists. @returns their paths within the newsletter */
export async function removeDeadImports(root: string): Promise<string[]> {
  const folder = join(root, '.obn', 'cache');
  const host = workerName().split(':').slice(0, -2).join(':');
  const dead = (await listFolder(folder)).filter((name) => {
    const [, pid, place] = IMPORT.exec(name) ?? [];
    return pid !== undefined && !mayBeRunning(`${host}:${pid}:${place}`);
  });
  for (const name of dead) await removeFile(join(folder, name));
  return dead.map((name) => `.obn/cache/${name}`);
}

/**
 * Removes unfinished lists, backups and reports of killed processes. If one is
 * being written right now, that write fails with an error.
 * @param list the path of the list @returns their paths
 */
export async function removeHalfWritten(root: string, list: string): Promise<string[]> {
  const own = (await listFolder(dirname(list)))
    .filter((name) => isHalf(name) && name.startsWith(`.${basename(list)}.`))
    .map((name) => join(dirname(list), name));
  const found = [...own];
  for (const folder of ['backups', 'reports'].map((name) => join(root, '.obn', name))) {
    for (const name of await listTree(folder)) if (isHalf(basename(name))) found.push(join(folder, name));
  }
  for (const path of found) await removeFile(path);
  return found;
}

function isHalf(name: string): boolean {
  return /^\..+\.[0-9a-f]{12}\.tmp$/.test(name);
}
