import { createHash } from 'node:crypto';
import type { WordFile } from './format.js';
import { fileOf } from './page/search/words.js';
import type { WeighedWords } from './weigh.js';

/** A word file: digest and content. */
export interface WrittenWords {
  readonly hash: string;
  readonly line: Buffer;
}

const HASH_LENGTH = 12;

/** Collects changes of the word files. */
export class WordChanges {
  /** By word: issue numbers, each followed by the new weight, or by 0 if the word was removed. */
  private readonly byWord = new Map<string, number[]>();

  /** Replaces the words of an issue. Call it once per issue. */
  replace(number: number, before: WeighedWords, after: WeighedWords): void {
    const old = weights(before);
    for (const [word, weight] of weights(after)) {
      if (old.get(word) !== weight) this.note(word, number, weight);
      old.delete(word);
    }
    for (const word of old.keys()) this.note(word, number, 0);
  }

  private note(word: string, number: number, weight: number): void {
    const known = this.byWord.get(word);
    if (known) known.push(number, weight);
    else this.byWord.set(word, [number, weight]);
  }

  /** Rewrites the files with changed words. */
  apply(files: Map<string, WrittenWords>): void {
    for (const [name, words] of this.wordsByFile()) {
      const line = files.get(name)?.line;
      const content = new Map(line ? Object.entries(JSON.parse(line.toString()) as WordFile) : []);
      for (const word of words) {
        const list = changed(content.get(word) ?? [], this.byWord.get(word) ?? []);
        if (list.length > 0) content.set(word, list);
        else content.delete(word);
      }
      if (content.size > 0) files.set(name, written(content));
      else files.delete(name);
    }
  }

  private wordsByFile(): Map<string, string[]> {
    const files = new Map<string, string[]>();
    for (const word of this.byWord.keys()) {
      const name = fileOf(word);
      const words = files.get(name);
      if (words) words.push(word);
      else files.set(name, [word]);
    }
    return files;
  }
}

function weights(words: WeighedWords): Map<string, number> {
  const byWord = new Map<string, number>();
  for (let at = 0; at < words.length; at += 2) byWord.set(String(words[at]), Number(words[at + 1]));
  return byWord;
}

/** The changed list of a word, ordered by issue number. */
function changed(list: readonly number[], changes: readonly number[]): number[] {
  const next = [...list];
  for (let index = 0; index < changes.length; index += 2) {
    const [number = 0, weight = 0] = [changes[index], changes[index + 1]];
    let at = next.length;
    while (at > 0 && (next[at - 2] ?? 0) >= number) at -= 2;
    const has = next[at] === number;
    if (weight > 0) next.splice(at, has ? 2 : 0, number, weight);
    else if (has) next.splice(at, 2);
  }
  return next;
}

function written(content: ReadonlyMap<string, readonly number[]>): WrittenWords {
  const words = [...content.keys()].sort();
  const pairs = words.map((word) => `${JSON.stringify(word)}:[${content.get(word)?.join(',')}]`);
  const line = Buffer.from(`{${pairs.join(',')}}`);
  return { hash: createHash('sha256').update(line).digest('hex').slice(0, HASH_LENGTH), line };
}
