import { join } from 'node:path';
import { listTree, readBytes } from '../../platform/files.js';
import { buildIndex, type ImmutableFile, type SearchDocument } from './build.js';

export type { ImmutableFile, SearchDocument } from './build.js';

/** A file of the site, relative to its root. */
export interface SiteFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

export interface SearchFiles {
  readonly files: readonly SiteFile[];
  readonly immutable: readonly ImmutableFile[];
}

/** What runs in the browser; everything that was built there is part of the site. */
const PAGE = join(import.meta.dirname, 'page');
const MAX_BYTES = 1024 * 1024;

/**
 * The search over all issues: its index, and in assets/ what shows it, of which search.js is the entry.
 * @param cache a folder, which is made when it is needed
 */
export async function searchFiles(documents: readonly SearchDocument[], cache: string): Promise<SearchFiles> {
  const { index, files } = await buildIndex(documents, cache);
  const names = await listTree(PAGE);
  const page = names.map(async (name) => ({
    path: `assets/${name.replaceAll('\\', '/')}`,
    content: await readBytes(join(PAGE, name), MAX_BYTES),
  }));
  return {
    files: [{ path: 'search/index.json', content: JSON.stringify(index) }, ...(await Promise.all(page))],
    immutable: files,
  };
}
