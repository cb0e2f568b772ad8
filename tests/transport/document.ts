import { readFileSync } from 'node:fs';
import type { SendResult } from '../../src/transport/transport.js';

/** docs/delivery.md, whose tables are the data of a test. */
export const text = readFileSync(new URL('../../docs/delivery.md', import.meta.url), 'utf8');

/** The rows of the one table under a heading, their cells without the space around them. */
export function tableUnder(heading: string): string[][] {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  const rows = lines.slice(2).map((line) => line.split('|').slice(1, -1));
  if (rows.length === 0) throw new Error(`docs/delivery.md has no table under "${heading}"`);
  return rows.map((cells) => cells.map((cell) => cell.trim()));
}

/** Content of code spans. */
export function spans(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
}

/** Response of the server in this row. */
export function wordsOf(cell: string): string | undefined {
  return /says "([^"]+)"/.exec(cell)?.[1];
}

/** An answer in the words of the document: its kind, and what a deferral is about. */
export function nameOf(result: SendResult): string {
  if (result.kind !== 'deferred' || !result.about) return result.kind;
  return `${result.kind} (${result.about})`;
}
