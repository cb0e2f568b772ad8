import { join } from 'node:path';
import { z } from 'zod';
import { ObnError } from '../../findings/error.js';
import { readBytes, writeFile } from '../../platform/files.js';
import type { WrittenWords } from './changes.js';

/** Increase whenever the same text would get different words or weights. */
const VERSION = 1;
const FILE = 'search.jsonl';
const MAX_BYTES = 512_000_000;
const NEWLINE = 10;

/** State of the last index, as lines of JSON. Only lines that change are parsed. */
export interface IndexState {
  /** By issue number: the key, and the line of words, each followed by its weight. */
  readonly issues: Map<number, { readonly key: string; readonly line: Buffer }>;
  /** By name: digest and content of the file. */
  readonly words: Map<string, WrittenWords>;
}

const header = z.object({
  version: z.literal(VERSION),
  issues: z.array(z.tuple([z.int(), z.string()])),
  words: z.array(z.tuple([z.string(), z.string()])),
});

/** Reads the state. A missing or invalid state is empty. */
export async function readState(folder: string): Promise<IndexState> {
  try {
    return parseState(await readBytes(join(folder, FILE), MAX_BYTES));
  } catch (error) {
    if (error instanceof ObnError || error instanceof SyntaxError || error instanceof z.ZodError)
      return { issues: new Map(), words: new Map() };
    throw error;
  }
}

function parseState(bytes: Buffer): IndexState {
  const lines = splitLines(bytes);
  const { issues, words } = header.parse(JSON.parse(lines[0]?.toString() ?? ''));
  if (lines.length !== 1 + issues.length + words.length) throw new SyntaxError('it is truncated');
  const line = (index: number) => lines[index] ?? Buffer.alloc(0);
  return {
    issues: new Map(issues.map(([number, key], index) => [number, { key, line: line(1 + index) }])),
    words: new Map(
      words.map(([name, hash], index) => [name, { hash, line: line(1 + issues.length + index) }]),
    ),
  };
}

function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0, end = 0; start < bytes.length; start = end + 1) {
    end = bytes.indexOf(NEWLINE, start);
    if (end < 0) end = bytes.length;
    lines.push(bytes.subarray(start, end));
  }
  return lines;
}

export async function writeState(folder: string, { issues, words }: IndexState): Promise<void> {
  const head = {
    version: VERSION,
    issues: [...issues].map(([number, { key }]) => [number, key]),
    words: [...words].map(([name, { hash }]) => [name, hash]),
  };
  const lines = [...issues.values(), ...words.values()].map(({ line }) => line);
  const newline = Buffer.from('\n');
  await writeFile(
    join(folder, FILE),
    Buffer.concat([Buffer.from(JSON.stringify(head)), ...lines.flatMap((line) => [newline, line])]),
  );
}
