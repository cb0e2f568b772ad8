import type { SourceDocument } from '../document/document.js';
import type { Finding, Position } from '../findings/finding.js';
import { didYouMean } from '../findings/nearest.js';
import { whyItStays } from './readings.js';

interface Switch {
  readonly rule: string;
  readonly at: Position;
  /** The lines that it is about, from 1, the last one included. */
  readonly from: number;
  readonly to: number;
}

const COMMENT = /(?:^|\s)(#\s*obn-ignore\b.*)$/;
const ONE = /#\s*obn-ignore\b[ \t]*([\w/-]*)[ \t]*:?[ \t]*((?:(?!#\s*obn-ignore\b).)*)/g;
/** What stands behind it is a comment. */
const BLOCK = /(?:^|[\s:-])[|>][+-]?\d?[+-]?(?:\s+#.*)?$/;

/**
 * Comments that switch off one rule in one place, with a reason: `# obn-ignore RULE: why`. Such a comment is about its
 * line; on the line on which a block of text begins, about the block; on a line of its own, about what begins on the
 * next, as far as that is indented.
 */
export class Switches {
  readonly findings: Finding[] = [];
  private readonly switches: Switch[] = [];
  private readonly met = new Set<Switch>();

  /** @param rules what can be switched off. */
  constructor(
    private readonly document: SourceDocument,
    rules: readonly string[],
  ) {
    const lines = document.text.split('\n').map((line) => line.replace(/\r$/, ''));
    for (let index = 0; index < lines.length; index++) {
      const line = lines[index] ?? '';
      const [from, to] = reach(lines, index);
      for (const { rule, reason, column } of commentsOf(line)) {
        const at = { line: index + 1, column };
        const message = problemOf(rule, reason, rules);
        if (message !== undefined) this.report(at, message);
        else this.switches.push({ rule, at, from, to });
      }
      // What looks like a comment in a text is text.
      if (!isComment(line) && BLOCK.test(line)) index = endOf(lines, index) - 1;
    }
  }

  isOff({ file, rule, line }: Finding): boolean {
    if (file !== this.document.file) return false;
    const met = this.switches.filter((one) => one.rule === rule && one.from <= line && line <= one.to);
    for (const one of met) this.met.add(one);
    return met.length > 0;
  }

  /** Says which switches have met nothing, of rules that were all carried out. */
  unmet(rules: ReadonlySet<string>): Finding[] {
    return this.switches
      .filter((one) => rules.has(one.rule) && !this.met.has(one))
      .map(({ rule, at }) =>
        this.document.finding(
          'warning',
          'check/switch',
          at,
          `"${rule}" finds nothing here that this could switch off`,
          'take it out, or put it where the finding is: behind its line, or above what it is about',
        ),
      );
  }

  private report(at: Position, message: string): void {
    const hint = 'write it as in: # obn-ignore link/duplicate: both say the same on purpose';
    this.findings.push(this.document.finding('warning', 'check/switch', at, message, hint));
  }
}

function commentsOf(line: string): { rule: string; reason: string; column: number }[] {
  const comment = COMMENT.exec(line);
  if (!comment?.[1]) return [];
  const start = line.length - comment[1].length + 1;
  return [...comment[1].matchAll(ONE)].map(({ index, 1: rule = '', 2: reason = '' }) => ({
    rule,
    reason: reason.trim(),
    column: start + index,
  }));
}

function problemOf(rule: string, reason: string, rules: readonly string[]): string | undefined {
  const stays = whyItStays(rule);
  if (stays !== undefined) return `"${rule}" cannot be switched off: ${stays}`;
  if (!rules.includes(rule)) return `there is no rule "${rule}"${didYouMean(rule, rules)}`;
  return reason === '' ? `"${rule}" is switched off without a reason` : undefined;
}

/** The lines, from 1, that a comment at this line is about. */
function reach(lines: readonly string[], index: number): [from: number, to: number] {
  const line = lines[index] ?? '';
  if (!isComment(line)) return [index + 1, BLOCK.test(line) ? endOf(lines, index) : index + 1];
  let next = index + 1;
  while (next < lines.length && isComment(lines[next] ?? '')) next += 1;
  return [next + 1, endOf(lines, next)];
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}

/** The last line, from 1, of what begins at this line: what follows it and is indented deeper belongs to it. */
function endOf(lines: readonly string[], index: number): number {
  const depth = indentOf(lines[index] ?? '');
  let end = index + 1;
  while (end < lines.length && (lines[end]?.trim() === '' || indentOf(lines[end] ?? '') > depth)) end += 1;
  return end;
}

/** Columns before the first key; the dash of a list item does not count as one of them. */
function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
