import { basename, dirname, join } from 'node:path';
import { exists, makeFolder } from '../../platform/files.js';
import { removeEmptyFolders } from '../../platform/folder.js';
import { takeLock } from '../../platform/lock.js';

/** Lock file in the site folder during a build. */
const LOCK = '.obn-archive.lock';

/**
 * Runs work with exclusive access to the site folder.
 * @param waiting called if another build has the lock
 */
export async function holding<T>(folder: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  const isNew = !exists(folder);
  await makeFolder(folder);
  const release = await takeLock(join(folder, LOCK), waiting);
  try {
    return await work();
  } finally {
    await release();
    // A failed build leaves no folder behind.
    if (isNew) await removeEmptyFolders(dirname(folder), join(basename(folder), LOCK));
  }
}
