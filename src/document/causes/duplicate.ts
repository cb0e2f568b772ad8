import type { Document } from 'yaml';
import type { Position } from '../../findings/finding.js';
import { indentOf } from './entry.js';
import { type Explained, positionsIn } from './explain.js';

/** Duplicate keys of mappings; undefined when there are none, or other errors. */
export function duplicateKeys(
  text: string,
  { errors, warnings }: Document,
  most: number,
): Explained[] | undefined {
  if (errors.length === 0 || warnings.length > 0) return undefined;
  if (errors.some(({ code }) => code !== 'DUPLICATE_KEY')) return undefined;
  const lines = text.split('\n');
  const positionOf = positionsIn(text);
  const section = errors.map(({ pos }) => sectionWithoutDash(lines, positionOf(pos[0]))).find(Boolean);
  if (section) return [section];
  return errors.slice(0, most).map(({ pos }) => {
    const { line, column } = positionOf(pos[0]);
    const key = /^[^:]*/.exec((lines[line - 1] ?? '').slice(column - 1))?.[0].trim() ?? '';
    const first = firstLine(lines, line - 1, column - 1, key);
    const where = first === undefined ? '' : `; it is already set on line ${first + 1}`;
    const hint = 'delete one of the two lines, or rename its key';
    return { line, column, message: `duplicate key "${key}"${where}`, hint };
  });
}

/** A second type in a section begins a new one; its other keys are duplicates for the same reason. */
function sectionWithoutDash(lines: readonly string[], { line, column }: Position): Explained | undefined {
  const text = (lines[line - 1] ?? '').trim();
  if (!/^type\s*:/.test(text)) return undefined;
  const message = 'a section begins here without "- ", so its keys belong to the section above';
  const hint = `put "- " before the first key of each section, two columns to the left: - ${text}`;
  return { line, column, message, hint };
}

/** The line, from 0, that sets the key before, in the same mapping. */
function firstLine(lines: readonly string[], line: number, column: number, key: string): number | undefined {
  for (let at = line - 1; at >= 0; at--) {
    const text = lines[at] ?? '';
    const start = text.length - text.trimStart().replace(/^(?:- +)+/, '').length;
    if (start === column && text.slice(start).startsWith(`${key}:`)) return at;
    if (text.trim() !== '' && indentOf(text).length < column && start !== column) return undefined;
  }
  return undefined;
}
