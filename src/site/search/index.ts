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

/** Browser code. All files built there are part of the site. */
const PAGE = join(import.meta.dirname, 'page');
const MAX_BYTES = 1024 * 1024;

/**
 * The search: its index, and its browser code in assets/, with search.js as the entry point.
 * @param cache a folder, created on demand
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
