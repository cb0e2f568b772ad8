import { type Document, type ErrorCode, isScalar, LineCounter, visit, type YAMLError } from 'yaml';
import type { Position } from '../../findings/finding.js';
import type { Broken, Explanation } from './cause.js';
import { parseYaml } from './parse.js';
import { causes } from './table.js';

/** What is wrong with a YAML text, where, and what to do. */
export interface Explained extends Position {
  readonly message: string;
  readonly hint: string;
}

/** The hint for any other error. */
const FALLBACK = 'put text with special characters in quotes, and indent text of several lines below |';

/** The longest text for which corrections are tried, because each try parses it; an issue is much shorter. */
const MAX_EXPLAINED = 200_000;

/** Explains the first error of the parser to an author, with the corrected line if there is one. */
export function explain(text: string, yaml: Document): Explained | undefined {
  const error = firstError(yaml);
  if (!error) return undefined;
  const { line, column } = positionIn(text, error.pos[0]);
  if (text.length > MAX_EXPLAINED) return { line, column, ...sentenceOf(error) };
  const broken = brokenAt(text, yaml, error);
  for (const cause of causes) {
    const found = cause.explain(broken);
    const correction = found?.corrections.find((line) => isBetter(broken, found.line, line, error));
    if (found && correction !== undefined) return withCorrection(found, correction);
  }
  return { line, column, ...sentenceOf(error) };
}

export function withCorrection(found: Explanation, correction: string): Explained {
  const shown = correction.trim().replace(/\n\s*/g, ' ⏎ ');
  const hint = shown === '' ? found.hint : `${found.hint}: ${shown}`;
  return { line: found.line + 1, column: found.column + 1, message: found.message, hint };
}

/** Clearer words than those of the parser. */
const SENTENCES: Partial<Record<ErrorCode, { readonly message: string; readonly hint: string }>> = {
  TAB_AS_INDENT: {
    message: 'this is a tab, and YAML accepts only spaces here',
    hint: 'indent the line with spaces',
  },
  MULTIPLE_DOCS: {
    message: 'a second YAML document begins here; a file can contain only one',
    hint: 'delete the line with ---, or move the second document to its own file',
  },
};

function sentenceOf({ code, message }: YAMLError): { readonly message: string; readonly hint: string } {
  const own = message.charAt(0).toLowerCase() + message.slice(1).split('\n')[0];
  return SENTENCES[code] ?? { message: own, hint: FALLBACK };
}

/** The first error by position: the parser reports an unclosed quote last, at the end of the text. */
function firstError({ errors, warnings }: Document): YAMLError | undefined {
  return [...errors, ...warnings].sort((a, b) => a.pos[0] - b.pos[0])[0];
}

function brokenAt(text: string, yaml: Document, { code, pos }: YAMLError): Broken {
  const lines = text.split('\n');
  const inText = textLines(text, yaml);
  const line = Math.min(positionIn(text, pos[0]).line, lines.length) - 1;
  return { lines, line, code, isText: (at) => inText.has(at) };
}

/** The lines, from 0, that continue a text of several lines, and so have no keys. */
export function textLines(text: string, yaml: Document): ReadonlySet<number> {
  const lines = new Set<number>();
  const positionOf = positionsIn(text);
  visit(yaml, (_, node) => {
    if (!isScalar(node) || !node.range || node.type === 'PLAIN') return;
    const [start, end] = node.range;
    // An unclosed quote includes the lines after it, which are not text.
    if (node.type?.startsWith('QUOTE') && end >= text.trimEnd().length) return;
    const last = positionOf(Math.max(start, end - 1)).line;
    for (let line = positionOf(start).line; line < last; line++) lines.add(line);
  });
  return lines;
}

/** Whether a correction removes the error without causing an earlier one. */
function isBetter({ lines }: Broken, line: number, correction: string, error: YAMLError): boolean {
  if (correction === lines[line]) return false;
  const text = [...lines.slice(0, line), correction, ...lines.slice(line + 1)].join('\n');
  const next = firstError(parseYaml(text));
  if (!next) return true;
  const moved = positionIn(text, next.pos[0]).line - 1 > Math.max(line, 0);
  const beyond = next.pos[0] - (text.length - lines.join('\n').length) > error.pos[0];
  return moved && (beyond || error.code === 'MISSING_CHAR');
}

export function positionIn(text: string, offset: number): Position {
  return positionsIn(text)(offset);
}

/** A function that finds the positions of many offsets in a text. */
export function positionsIn(text: string): (offset: number) => Position {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1);
  return (offset) => {
    const { line, col } = counter.linePos(Math.min(offset, text.length));
    return { line, column: col };
  };
}
