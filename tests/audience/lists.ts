import { writeFileSync } from 'node:fs';
import { type CsvRow, readCsv } from '../../src/audience/csv.js';
import { type BadRow, readSubscribers, type Subscriber } from '../../src/audience/subscriber.js';
import { makeNewsletter } from '../support/newsletter.js';

/** The path of a list with this content. */
export function listOf(content: string | Uint8Array): string {
  const path = makeNewsletter().path('list.csv');
  writeFileSync(path, content);
  return path;
}

export async function collect<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

/** The rows of a list with this content, which messages call list.csv. */
export function rowsOf(content: string | Uint8Array): Promise<CsvRow[]> {
  return collect(readCsv(listOf(content), 'list.csv'));
}

export function subscribersOf(content: string): Promise<(Subscriber | BadRow)[]> {
  return collect(readSubscribers(listOf(content), 'list.csv'));
}

/** The items in batches, as files are read. */
export async function* batches<T>(items: readonly T[], size = 500): AsyncGenerator<T[]> {
  for (let first = 0; first < items.length; first += size) yield items.slice(first, first + size);
}
