import { type Document, type Scalar, visit } from 'yaml';
import type { Position } from '../../findings/finding.js';
import { entryOf, quoted, withValue } from './entry.js';
import { positionsIn } from './explain.js';

/** A text that YAML ends where " #" begins a comment, although the author most likely went on writing. */
export interface Cut {
  /** Where the comment begins. */
  readonly position: Position;
  /** What is lost. */
  readonly lost: string;
  /** What to do, with the corrected line where there is one. */
  readonly hint: string;
}

/** A comment has a space behind its #, unless a number comes next. */
const LOST = /^[ \t]+(#(?:[^\s#!]|[ \t]+\d).*)/;
const SWITCH = /^#\s*obn-ignore\b/;
/** Values that nobody writes a word behind. */
const DATE = /^\d{4}-\d{2}-\d{2}/;

/** The parts of texts without quotes that are lost in this way. */
export function cutsIn(text: string, yaml: Document): Cut[] {
  const cuts: Cut[] = [];
  const positionOf = positionsIn(text);
  const lines = text.split('\n');
  visit(yaml, {
    Scalar(key, node) {
      if (key === 'key' || node.type !== 'PLAIN' || typeof node.value !== 'string' || !node.range) return;
      const start = positionOf(node.range[0]).line - 1;
      if (key === 'value' && node.commentBefore) cuts.push(...headings(lines, start));
      if (DATE.test(node.value)) return;
      const { line, column } = positionOf(node.range[1]);
      cuts.push(...cutAt(lines[line - 1] ?? '', { line, column }, node));
    },
  });
  return cuts;
}

/** What is written behind a text on its line. */
function cutAt(text: string, { line, column }: Position, node: Scalar): Cut[] {
  const rest = text.slice(column - 1);
  const lost = LOST.exec(rest)?.[1];
  if (lost === undefined || SWITCH.test(lost)) return [];
  const position = { line, column: column + rest.length - rest.trimStart().length };
  return [{ position, lost: lost.trimEnd(), hint: hintFor(text, node) }];
}

/** Lines above a text, below its key: in a text after | they would be headings. */
function headings(lines: readonly string[], start: number): Cut[] {
  let first = start;
  while (/^\s*#/.test(lines[first - 1] ?? '')) first -= 1;
  const lost = lines[first]?.trim() ?? '';
  if (first === start || SWITCH.test(lost)) return [];
  const key = lines[first - 1]?.trim() ?? '';
  const hint = `put | after the key above, so that every line below it is text: ${key} |`;
  return [{ position: { line: first + 1, column: (lines[first] ?? '').indexOf('#') + 1 }, lost, hint }];
}

function hintFor(line: string, { source }: Scalar): string {
  const hint = 'put the text in quotes, or add a space after # if it is a comment';
  const entry = entryOf(line);
  if (!entry || source === undefined || !entry.value.startsWith(source)) return hint;
  return `${hint}: ${withValue(entry, quoted(withoutSwitch(entry.value))).trim()}`;
}

function withoutSwitch(value: string): string {
  return value.replace(/\s+#\s*obn-ignore\b.*$/, '');
}
