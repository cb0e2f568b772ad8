import { WordChanges } from './changes.js';
import type { IssueEntry, SearchIndex } from './format.js';
import { type IndexState, readState, writeState } from './state.js';
import type { IndexedText } from './text.js';
import type { WeighedWords } from './weigh.js';

/** An issue for the search. */
export interface SearchDocument {
  /** Changes with title or text. Letters and digits. */
  readonly key: string;
  /** Path for links, such as `/news/issues/3/`. */
  readonly url: string;
  readonly number: number;
  readonly title: string;
  /** ISO 8601. */
  readonly date: string;
  /** Reads title and text, if the key is new. */
  read(): Promise<IndexedText>;
}

/** A file of the site whose content never changes at its path. */
export interface ImmutableFile {
  readonly path: string;
  read(): Promise<string | Uint8Array>;
}

export interface BuiltIndex {
  /** Content of search/index.json. */
  readonly index: SearchIndex;
  readonly files: readonly ImmutableFile[];
}

const KEY_IN_PATH = 12;

/**
 * Builds the index in separate files: the issues, the words by their first two letters, and the text of each
 * issue for excerpts. Processes only the words of new, changed or removed issues.
 * @param cache a folder, created on demand
 */
export async function buildIndex(documents: readonly SearchDocument[], cache: string): Promise<BuiltIndex> {
  const sorted = documents.toSorted((a, b) => a.number - b.number);
  const state = await readState(cache);
  const read = await update(state, sorted);
  if (read) await writeState(cache, state);
  const texts = new Map(sorted.map((document) => [textName(document), document]));
  const issues: IssueEntry[] = [...texts].map(([name, { number, title, date, url }]) => [
    ...([number, title, date, url] as const),
    name,
  ]);
  // Sorted, so that incremental and full builds give the same files.
  const words = [...state.words]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { hash, line }]) => ({ key, name: `${key}-${hash}.json`, line }));
  return {
    index: {
      issues: issues.reverse(),
      words: Object.fromEntries(words.map(({ key, name }) => [key, name])),
    },
    files: [
      ...words.map(({ name, line }) => ({ path: `search/words/${name}`, read: async () => line })),
      ...[...texts].map(([name, document]) => ({
        path: `search/texts/${name}`,
        read: async () => (read?.get(document) ?? (await document.read())).sections,
      })),
    ],
  };
}

const textName = ({ number, key }: SearchDocument) => `${number}-${key.slice(0, KEY_IN_PATH)}.json`;

/** Updates the state. @returns the texts that were read; undefined if nothing changed */
async function update(
  state: IndexState,
  documents: readonly SearchDocument[],
): Promise<Map<SearchDocument, IndexedText> | undefined> {
  const changes = new WordChanges();
  const numbers = new Set(documents.map(({ number }) => number));
  const old = documents.filter(({ number, key }) => state.issues.get(number)?.key !== key);
  const gone = [...state.issues.keys()].filter((number) => !numbers.has(number));
  if (old.length === 0 && gone.length === 0) return undefined;
  for (const number of gone) {
    changes.replace(number, wordsOf(state.issues.get(number)?.line), []);
    state.issues.delete(number);
  }
  const read = new Map<SearchDocument, IndexedText>();
  for (const document of old) {
    const text = await document.read();
    read.set(document, text);
    const { number, key } = document;
    changes.replace(number, wordsOf(state.issues.get(number)?.line), wordsOf(text.words));
    state.issues.set(number, { key, line: Buffer.from(text.words) });
  }
  changes.apply(state.words);
  return read;
}

function wordsOf(json: Buffer | string | undefined): WeighedWords {
  return json === undefined ? [] : (JSON.parse(json.toString()) as WeighedWords);
}
