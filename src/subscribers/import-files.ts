import { join } from 'node:path';
import { makeFolder, OWNER_ONLY, removeFile, writeFile } from '../platform/files.js';
import { importFiles, removeDeadImports } from './leftovers.js';

/** Files of an import in progress: its rows, and the merged list. */
export interface ImportFiles {
  readonly staging: string;
  readonly draft: string;
  remove(): Promise<void>;
}

/** Creates a folder for an import in the cache, and removes files of killed imports. */
export async function makeImportFiles(root: string): Promise<ImportFiles> {
  const folder = join(root, '.obn', 'cache');
  await makeFolder(folder);
  await removeDeadImports(root);
  const base = join(folder, importFiles());
  const [staging, draft] = [`${base}.db`, `${base}.csv`];
  await writeFile(staging, '', OWNER_ONLY);
  return {
    ...{ staging, draft },
    async remove() {
      for (const path of [staging, draft]) await removeFile(path);
    },
  };
}
