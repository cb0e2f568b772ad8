import { join } from 'node:path';
import { digestOf } from '../digest.js';
import type { KnownIssue } from '../known-issues.js';
import type { PagesMade, PlannedPage } from '../pages/issue-pages.js';
import type { PageRenderers } from '../pages/page-renderers.js';
import type { Publication } from '../publish/publication.js';
import { issuePath, type SiteAddress } from '../site-address.js';
import { type IndexedText, indexText } from './text.js';

export interface FindOptions {
  readonly issues: readonly KnownIssue[];
  /** Pages of the issues, in the same order. */
  readonly planned: readonly PlannedPage[];
  readonly made: PagesMade;
  /** Digest of the inputs shared by all pages. */
  readonly common: string;
  readonly place: SiteAddress;
  readonly cache: string;
  readonly publication: Publication;
  readonly desks: PageRenderers;
}

/** Adds the search, which needs no server, to the site. */
export async function addSearch(options: FindOptions): Promise<void> {
  const { issues, planned, made, common, place, publication, desks } = options;
  const key = digestOf(
    'search',
    common,
    issues.map(({ source, facts }) => [source.digest, facts]),
  );
  if (publication.keepAll(key)) return;
  const documents = issues.map(({ source, facts }, index) => {
    const { number, title, published } = facts;
    const read = async () => made.indexed.get(number) ?? indexedOf(planned[index], desks);
    const url = issuePath(place, number);
    return { key: digestOf(common, source.digest), url, number, title, date: published, read };
  });
  const { searchFiles } = await import('./index.js');
  const { files, immutable } = await searchFiles(documents, join(options.cache, 'search'));
  for (const { path, content } of files) await publication.put(path, key, content);
  for (const { path, read } of immutable) {
    if (publication.isInPlace(path)) publication.keep(path, key);
    else await publication.put(path, key, await read());
  }
}

async function indexedOf(page: PlannedPage | undefined, desks: PageRenderers): Promise<IndexedText> {
  let indexed = indexText('', []);
  if (!page) return indexed;
  await desks.make([page.job()], async (made) => {
    if ('indexed' in made) indexed = made.indexed;
  });
  return indexed;
}
