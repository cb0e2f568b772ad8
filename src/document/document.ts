import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  visit,
} from 'yaml';
import type { Finding, Position, Severity } from '../findings/finding.js';
import { type Cut, cutsIn } from './causes/cut.js';
import { positionIn } from './causes/explain.js';
import { type Fold, foldsIn } from './causes/fold.js';
import { quotingHint } from './causes/misread.js';
import { MAX_NESTING, parseYaml } from './causes/parse.js';
import { problemsOf } from './causes/problems.js';

export type Path = readonly (string | number)[];

/** A parsed YAML file: its value as plain data, and the position of each part in the text. */
export interface SourceDocument {
  readonly file: string;
  readonly text: string;
  /** Plain data; undefined when the file is empty or is not YAML (see `findings`). */
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Texts that end where a comment begins, probably not on purpose. */
  readonly cuts: readonly Cut[];
  /** Texts of several lines whose line breaks YAML removes, probably not on purpose. */
  readonly folds: readonly Fold[];
  /** The start of the value at `path`; for a missing value, the start of the nearest parent. */
  at(path: Path): Position;
  /** The start of the key of the entry at `path`. */
  keyAt(path: Path): Position;
  /** The start of the `nth` (from 0) occurrence of `needle` in the value at `path`. */
  within(path: Path, needle: string, nth?: number): Position;
  /** The position in the file of an offset in the text at `path`; leading white space does not count. */
  inText(path: Path, offset: number): Position;
  finding(severity: Severity, rule: string, position: Position, message: string, hint?: string): Finding;
}

/** The most aliases in one file. More may be an expansion attack, and no issue needs them. */
const MAX_ALIASES = 100;

/** Longer lines are shortened. */
const MAX_EXCERPT = 2_000;
/** The part of a word that is enough to find it again. */
const MAX_WORD = 40;
/** The most findings of one file; further ones mostly follow from the first. */
export const MAX_FINDINGS = 50;

const EMPTY = 'write something into it, or delete the file';

/** Parses YAML 1.2 (core schema, unique keys); never throws: errors are in `findings`. */
export function parseSource(file: string, written: string): SourceDocument {
  const text = written.replace(/^\ufeff/, '');
  const lines = new LineCounter();
  const yaml = parseYaml(text, lines);
  const findings: Finding[] = [];
  const source = new YamlSource(file, text, yaml, lines, findings);
  const deep = yaml.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (deep) {
    findings.push(nestingFinding(source, positionIn(text, deep.pos[0])));
    return source;
  }
  for (const { line, column, message, hint } of problemsOf(text, yaml, MAX_FINDINGS)) {
    findings.push(source.finding('error', 'yaml/syntax', { line, column }, message, hint));
  }
  if (findings.length > 0) return source;
  findings.push(...aliasFindings(source, yaml));
  if (findings.length > 0) return source;
  try {
    source.value = yaml.toJS({ maxAliasCount: MAX_ALIASES }) ?? undefined;
  } catch {
    const message = 'the aliases expand to too much content, because they contain other aliases';
    findings.push(source.finding('error', 'yaml/aliases', { line: 1, column: 1 }, message));
  }
  if (findings.length === 0 && source.value === undefined) {
    findings.push(source.finding('error', 'yaml/empty', { line: 1, column: 1 }, 'the file is empty', EMPTY));
  }
  return source;
}

function aliasFindings(source: YamlSource, yaml: Document<Node>): Finding[] {
  const findings: Finding[] = [];
  let count = 0;
  visit(yaml, {
    Alias(_, alias, path) {
      count += 1;
      const position = source.position(alias.range?.[0] ?? 0);
      const report = (message: string, hint?: string) =>
        void findings.push(source.finding('error', 'yaml/aliases', position, message, hint));
      if (count > MAX_ALIASES) {
        report(`more than ${MAX_ALIASES} aliases`, 'write out the values that the aliases refer to');
        return visit.BREAK;
      }
      const target = alias.resolve(yaml);
      if (target && !path.includes(target)) return undefined;
      if (target) report('an alias is inside the value that it refers to');
      else
        report(
          `text that begins with * needs quotes: there is no anchor &${alias.source}`,
          quotingHint(source.text, position),
        );
      return findings.length < MAX_FINDINGS ? undefined : visit.BREAK;
    },
  });
  return findings;
}

function nestingFinding(source: SourceDocument, position: Position): Finding {
  const message = `lists and mappings are nested more than ${MAX_NESTING} levels deep`;
  const hint = 'remove levels, or put text with brackets in quotes';
  return source.finding('error', 'yaml/nesting', position, message, hint);
}

class YamlSource implements SourceDocument {
  value: unknown;

  constructor(
    readonly file: string,
    readonly text: string,
    private readonly yaml: Document<Node>,
    private readonly lines: LineCounter,
    readonly findings: readonly Finding[],
  ) {}

  position(offset: number): Position {
    const { line, col } = this.lines.linePos(Math.min(offset, this.text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  get cuts(): readonly Cut[] {
    return cutsIn(this.text, this.yaml);
  }

  get folds(): readonly Fold[] {
    return foldsIn(this.text, this.yaml);
  }

  at(path: Path): Position {
    return this.position(this.node(path)?.range?.[0] ?? 0);
  }

  keyAt(path: Path): Position {
    const parent = this.node(path.slice(0, -1));
    const key = pairOf(parent, path.at(-1))?.key;
    return this.position(key?.range?.[0] ?? parent?.range?.[0] ?? 0);
  }

  within(path: Path, needle: string, nth = 0): Position {
    const node = this.node(path);
    const [start, end] = node?.range ?? [0, 0];
    // A comment may follow the indicator of a block.
    const isBlock = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
    let found = (isBlock ? this.text.indexOf('\n', start) : start) - 1;
    for (let count = 0; count <= nth; count++) {
      const next = this.text.indexOf(needle, found + 1);
      if (next < 0 || next >= end) break;
      found = next;
    }
    return this.position(Math.max(found, start));
  }

  inText(path: Path, offset: number): Position {
    const node = this.node(path);
    const text = isScalar(node) ? String(node.value) : '';
    const from = text.length - text.trimStart().length + offset;
    // The file has the same word, unless quotes require a backslash in it.
    const word = /^\S+/.exec(text.slice(from, from + MAX_WORD))?.[0];
    return word === undefined ? this.at(path) : this.within(path, word, countBefore(text, word, from));
  }

  finding(severity: Severity, rule: string, position: Position, message: string, hint?: string): Finding {
    const excerpt = this.text
      .split('\n', position.line)
      [position.line - 1]?.replace(/\r$/, '')
      .slice(0, MAX_EXCERPT);
    const base = { file: this.file, ...position, severity, rule, message };
    return {
      ...base,
      ...(hint === undefined ? {} : { hint }),
      ...(excerpt === undefined ? {} : { excerpt }),
    };
  }

  /** The node at `path`, or the nearest one above it that exists. */
  private node(path: Path): Node | null {
    let node: Node | null = this.yaml.contents;
    for (const key of path) {
      const next = isSeq(node) ? (node.items[Number(key)] as Node | undefined) : pairOf(node, key)?.value;
      if (!next) return node;
      node = isAlias(next) ? (next.resolve(this.yaml) ?? next) : next;
    }
    return node;
  }
}

function pairOf(node: Node | null, key: string | number | undefined): Pair<Node, Node | null> | undefined {
  if (!isMap<Node, Node | null>(node)) return undefined;
  return node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
}

/** How often a word occurs in a text before an offset. */
function countBefore(text: string, word: string, offset: number): number {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0 && at < offset; at = text.indexOf(word, at + 1)) count += 1;
  return count;
}
