import { basename, dirname, join, sep } from 'node:path';
import { configurationError } from '../../findings/error.js';
import { exists, followLinks, makeFolder } from '../../platform/files.js';
import { removeEmptyFolders } from '../../platform/folder.js';
import { takeLock } from '../../platform/lock.js';

/** Stands in the folder of the site while somebody builds it. */
const LOCK = '.obn-archive.lock';
/** What a newsletter is made of; a site that lay within would be taken for it. */
const SOURCES = ['issues', 'snippets', 'templates', '.obn'];

/**
 * Works on the folder of a site while nobody else does.
 * @param root of the newsletter
 * @param waiting is told when somebody else works on it
 * @throws ObnError when the folder is one of the newsletter's own
 */
export async function holding<T>(
  root: string,
  folder: string,
  waiting: () => void,
  work: () => Promise<T>,
): Promise<T> {
  await refuseSources(root, folder);
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

async function refuseSources(root: string, folder: string): Promise<void> {
  const real = await realPath(folder);
  for (const name of SOURCES) {
    const own = await realPath(join(root, name));
    if (real !== own && !real.startsWith(own + sep)) continue;
    throw configurationError(`${folder} is in ${name}/, which the site is made of`, {
      hint: 'name another folder with --out, or as archive.out of obn.yaml',
    });
  }
}

/** Links followed as far as there is something. */
async function realPath(path: string): Promise<string> {
  if (exists(path) || dirname(path) === path) return followLinks(path);
  return join(await realPath(dirname(path)), basename(path));
}
