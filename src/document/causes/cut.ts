import { type Document, type Scalar, visit } from 'yaml';
import type { Position } from '../../findings/finding.js';
import { entryOf, quoted, withValue } from './entry.js';
import { positionsIn } from './explain.js';

/** A text that YAML ends at " #", although the author most likely did not mean a comment. */
export interface Cut {
  /** Where the comment begins. */
  readonly position: Position;
  /** The text that is lost. */
  readonly lost: string;
  /** What to do, with the corrected line if there is one. */
  readonly hint: string;
}

/** A # with a space after it is a comment, unless a number follows. */
const LOST = /^[ \t]+(#(?:[^\s#!]|[ \t]+\d).*)/;
const SWITCH = /^#\s*obn-ignore\b/;
/** Values that no text follows. */
const DATE = /^\d{4}-\d{2}-\d{2}/;

/** Finds the parts of unquoted texts that are lost in this way. */
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

/** The rest of a line after a text. */
function cutAt(text: string, { line, column }: Position, node: Scalar): Cut[] {
  const rest = text.slice(column - 1);
  const lost = LOST.exec(rest)?.[1];
  if (lost === undefined || SWITCH.test(lost)) return [];
  const position = { line, column: column + rest.length - rest.trimStart().length };
  return [{ position, lost: lost.trimEnd(), hint: hintFor(text, node) }];
}

/** Lines between a key and its text: after | they would be headings. */
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
