import type { IssueEntry, SearchIndex, SectionText, WordFile } from '../../format.js';
import { type Found, rank, type Term, termsOf } from './find.js';
import { fileOf } from './words.js';

/** A matching issue and the matched words. */
export interface Hit {
  readonly issue: IssueEntry;
  readonly words: ReadonlySet<string>;
}

/** Reads the index files, each once. Failed requests are retried on the next query. */
export class SearchService {
  private readonly files = new Map<string, Promise<unknown>>();

  /** @param root URL of the index with a trailing slash */
  constructor(private readonly root: URL) {}

  /** Issues that match a query, best first. */
  async find(query: string): Promise<readonly Hit[]> {
    const terms = termsOf(query);
    if (terms.length === 0) return [];
    const index = await this.index();
    const files = await Promise.all(terms.map((term) => this.words(term, index)));
    const issues = new Map(index.issues.map((issue) => [issue[0], issue]));
    const found = rank(terms, files, issues.size);
    return found.flatMap((one: Found) => {
      const issue = issues.get(one.number);
      return issue ? [{ issue, words: one.words }] : [];
    });
  }

  /** The newest issues, shown before a query is typed. */
  async newest(count: number): Promise<readonly IssueEntry[]> {
    return (await this.index()).issues.slice(0, count);
  }

  text(issue: IssueEntry): Promise<readonly SectionText[]> {
    return this.read(`texts/${issue[4]}`);
  }

  private index(): Promise<SearchIndex> {
    return this.read('index.json');
  }

  private words(term: Term, { words }: SearchIndex): Promise<WordFile> {
    const key = fileOf(term.word);
    const name = Object.hasOwn(words, key) ? words[key] : undefined;
    return name === undefined ? Promise.resolve({}) : this.read(`words/${name}`);
  }

  private read<T>(path: string): Promise<T> {
    const known = this.files.get(path);
    if (known) return known as Promise<T>;
    const reading = fetch(new URL(path, this.root)).then(async (answer) => {
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return (await answer.json()) as T;
    });
    this.files.set(path, reading);
    reading.catch(() => this.files.delete(path));
    return reading;
  }
}
