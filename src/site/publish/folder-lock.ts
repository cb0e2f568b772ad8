import { basename, dirname, join } from 'node:path';
import { exists, makeFolder } from '../../platform/files.js';
import { removeEmptyFolders } from '../../platform/folder.js';
import { takeLock } from '../../platform/lock.js';

/** Stands in the folder of the site while somebody builds it. */
const LOCK = '.obn-archive.lock';

/**
 * Works on the folder of a site while nobody else does.
 * @param waiting is told when somebody else works on it
 */
export async function holding<T>(folder: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  const isNew = !exists(folder);
  await makeFolder(folder);
  const release = await takeLock(join(folder, LOCK), waiting);
  try {
    return await work();
  } finally {
    await release();
    // A build that failed leaves no trace.
    if (isNew) await removeEmptyFolders(dirname(folder), join(basename(folder), LOCK));
  }
}
