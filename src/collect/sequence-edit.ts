import { isCollection, isPair, isScalar, type Node, type YAMLSeq } from 'yaml';
import type { TextEdit } from './text-edit.js';

/** An entry of a list in both of its forms. */
export interface Entry {
  /** Its lines in a list of lines that begin with `- `, without indentation. */
  readonly lines: readonly string[];
  /** The same in a list between brackets. */
  readonly inBraces: string;
}

/**
 * The edit that writes entries behind one entry of a YAML list, in the form and with the indentation that the list has.
 * @param after the index of the entry that they follow; of a list of lines, one that exists
 */
export function insertAfter(text: string, list: YAMLSeq, after: number, entries: readonly Entry[]): TextEdit {
  if (list.flow) return insertInBrackets(list, after, entries);
  const column = columnOf(text, rangeOf(list)[0]);
  const end = endOfEntry(text, list.items[after] as Node, column);
  const isLast = after === list.items.length - 1;
  const gap = after > 0 && isSpaced(text, list, isLast ? after : after + 1) ? '\n' : '';
  const written = entries.map(({ lines }) => gap + indented(lines, column)).join('');
  return { start: end, end, text: end > 0 && text[end - 1] !== '\n' ? `\n${written}` : written };
}

/** The edit that writes entries in place of all those of a YAML list of lines. */
export function replaceEntries(text: string, list: YAMLSeq, entries: readonly Entry[]): TextEdit {
  const [start] = rangeOf(list);
  const column = columnOf(text, start);
  const end = endOfEntry(text, list.items.at(-1) as Node, column);
  return { start: start - column, end, text: entries.map(({ lines }) => indented(lines, column)).join('') };
}

function insertInBrackets(list: YAMLSeq, after: number, entries: readonly Entry[]): TextEdit {
  const written = entries.map(({ inBraces }) => inBraces).join(', ');
  const last = list.items[after] as Node | undefined;
  // Directly behind the entry, so that a comma after it is the one after the new entries.
  const at = last ? rangeOf(last)[1] : rangeOf(list)[0] + 1;
  return { start: at, end: at, text: last ? `, ${written}` : ` ${written} ` };
}

function indented(lines: readonly string[], column: number): string {
  return lines.map((line) => `${line === '' ? '' : ' '.repeat(column) + line}\n`).join('');
}

/** Where the line after an entry begins, with the comments that belong to it: those indented deeper than its dash. */
function endOfEntry(text: string, entry: Node, column: number): number {
  let end = lineAfter(text, rangeOf(lastLeaf(entry))[1]);
  const comments = new RegExp(`(?:[ \\t]*\\n)*(?: {${column + 1},}#[^\\n]*(?:\\n|$))+`, 'y');
  comments.lastIndex = end;
  if (comments.test(text)) end = comments.lastIndex;
  return end;
}

function lineAfter(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const next = text.indexOf('\n', offset);
  return next < 0 ? text.length : next + 1;
}

/** The value that is written last; a block of text ends there, whatever follows. */
function lastLeaf(node: Node): Node {
  if (!isCollection(node) || node.flow) return node;
  const last = node.items.at(-1);
  if (!isPair(last)) return last ? lastLeaf(last as Node) : node;
  const { key, value } = last as { key: Node; value: Node | null };
  // An empty value has no place of its own.
  if (!value || (isScalar(value) && value.value === null && !value.source)) return key;
  return lastLeaf(value);
}

/** Whether a blank line is above an entry. */
function isSpaced(text: string, list: YAMLSeq, index: number): boolean {
  const [before] = rangeOf(lastLeaf(list.items[index - 1] as Node)).slice(1);
  const [start] = rangeOf(list.items[index] as Node);
  return /\n[ \t]*\n/.test(text.slice((before ?? 0) - 1, start));
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function rangeOf(node: Node): [start: number, end: number] {
  const [start, end] = node.range ?? [0, 0];
  return [start, end];
}
