import { type Document, isPair, isScalar, type Node, type Pair, type Scalar, visit } from 'yaml';
import type { Position } from '../../findings/finding.js';
import { positionsIn } from './explain.js';

/** A text of several lines that YAML joins, although their line breaks are most likely meant. */
export interface Fold {
  /** The first line whose line break is lost. */
  readonly position: Position;
  /** The key of the text. */
  readonly key: string;
}

/** Lines that Markdown reads as such only at their beginning. */
const OWN_LINE = /^(?:[-*+]\s|\d{1,3}[.)]\s|>\s|\||#{1,6}\s|`{3}|~{3})/;

/** Texts without |, in which a blank line or the beginning of a list item is lost. */
export function foldsIn(text: string, yaml: Document): Fold[] {
  const folds: Fold[] = [];
  const positionOf = positionsIn(text);
  visit(yaml, {
    Scalar(role, node, path) {
      const pair = path.at(-1);
      const offset = role === 'value' && isFolded(node) ? lostBreak(text, node) : undefined;
      if (offset === undefined || !isPair(pair)) return;
      folds.push({ position: positionOf(offset), key: keyOf(pair as Pair<Node>) });
    },
  });
  return folds;
}

function isFolded({ type, value }: Scalar): boolean {
  return typeof value === 'string' && type !== 'BLOCK_LITERAL';
}

/** The offset of the first line of a text whose beginning is lost. */
function lostBreak(text: string, { range, type }: Scalar): number | undefined {
  if (!range) return undefined;
  let [offset, filled, blank] = [range[0], 0, false];
  for (const [index, line] of text.slice(range[0], range[1]).split('\n').entries()) {
    const words = line.trim();
    const isHeader = index === 0 && type === 'BLOCK_FOLDED';
    if (filled > 0 && words !== '' && (blank || OWN_LINE.test(words))) {
      return offset + line.length - line.trimStart().length;
    }
    if (words !== '' && !isHeader) filled += 1;
    blank = words === '';
    offset += line.length + 1;
  }
  return undefined;
}

function keyOf({ key }: Pair<Node>): string {
  return isScalar(key) ? String(key.value) : '';
}
