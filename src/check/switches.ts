import type { SourceDocument } from '../document/document.js';
import type { Finding, Position } from '../findings/finding.js';
import { didYouMean } from '../findings/nearest.js';
import { whyItStays } from './readings.js';

interface Switch {
  readonly rule: string;
  readonly at: Position;
  /** The first and the last line that it applies to, from 1. */
  readonly from: number;
  readonly to: number;
}

const COMMENT = /(?:^|\s)(#\s*obn-ignore\b.*)$/;
const ONE = /#\s*obn-ignore\b[ \t]*([\w/-]*)[ \t]*:?[ \t]*((?:(?!#\s*obn-ignore\b).)*)/g;
/** The start of a block of text; only a comment may follow. */
const BLOCK = /(?:^|[\s:-])[|>][+-]?\d?[+-]?(?:\s+#.*)?$/;

/**
 * Comments that switch off one rule in one place, with a reason: `# obn-ignore RULE: why`. At the end of a line, a
 * comment applies to the line, or to the block of text that begins there. On a line of its own, it applies to the next
 * line and what is indented below it.
 */
export class Switches {
  readonly findings: Finding[] = [];
  private readonly switches: Switch[] = [];
  private readonly met = new Set<Switch>();

  /** @param rules names that can be switched off */
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
      // In a block of text, # begins no comment.
      if (!isComment(line) && BLOCK.test(line)) index = endOf(lines, index) - 1;
    }
  }

  isOff({ file, rule, line }: Finding): boolean {
    if (file !== this.document.file) return false;
    const met = this.switches.filter((one) => one.rule === rule && one.from <= line && line <= one.to);
    for (const one of met) this.met.add(one);
    return met.length > 0;
  }

  /** Findings for switches without effect. @param rules names of rules that have all run */
  unmet(rules: ReadonlySet<string>): Finding[] {
    return this.switches
      .filter((one) => rules.has(one.rule) && !this.met.has(one))
      .map(({ rule, at }) =>
        this.document.finding(
          'warning',
          'check/switch',
          at,
          `this comment has no effect: "${rule}" finds nothing here`,
          'remove the comment, or move it to the end of the line with the finding, or to the line above',
        ),
      );
  }

  private report(at: Position, message: string): void {
    const hint = 'write it like this: # obn-ignore link/duplicate: both links are intended';
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

/** The lines, from 1, that a comment at this line applies to. */
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

/** The last line, from 1, of an entry: the lines that follow and are indented deeper belong to it. */
function endOf(lines: readonly string[], index: number): number {
  const depth = indentOf(lines[index] ?? '');
  let end = index + 1;
  while (end < lines.length && (lines[end]?.trim() === '' || indentOf(lines[end] ?? '') > depth)) end += 1;
  return end;
}

/** The number of spaces before the first key or the dash of a list item. */
function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
