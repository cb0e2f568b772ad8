import { join } from 'node:path';
import type { Desks } from './desks.js';
import { digestOf } from './digest.js';
import type { PagesMade, PlannedPage } from './issue-pages.js';
import type { KnownIssue } from './issues.js';
import { issuePath, type Place } from './place.js';
import type { Publication } from './publish/publication.js';
import { type IndexedText, indexText } from './search/text.js';

export interface FindOptions {
  readonly issues: readonly KnownIssue[];
  /** The pages of the issues, in the same order. */
  readonly planned: readonly PlannedPage[];
  readonly made: PagesMade;
  /** Digest of all that pages have in common. */
  readonly common: string;
  readonly place: Place;
  readonly cache: string;
  readonly publication: Publication;
  readonly desks: Desks;
}

/** Puts into the site what finds words in all issues without a server. */
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
  const { searchFiles } = await import('./search/index.js');
  const { files, immutable } = await searchFiles(documents, join(options.cache, 'search'));
  for (const { path, content } of files) await publication.put(path, key, content);
  for (const { path, read } of immutable) {
    if (publication.isInPlace(path)) publication.keep(path, key);
    else await publication.put(path, key, await read());
  }
}

async function indexedOf(page: PlannedPage | undefined, desks: Desks): Promise<IndexedText> {
  let indexed = indexText('', []);
  if (!page) return indexed;
  await desks.make([page.job()], async (made) => {
    if ('indexed' in made) indexed = made.indexed;
  });
  return indexed;
}
