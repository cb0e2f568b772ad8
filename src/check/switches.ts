import type { SourceDocument } from '../document/document.js';
import type { Finding } from '../findings/finding.js';
import { didYouMean } from '../findings/nearest.js';

interface Switch {
  readonly rule: string;
  /** The lines that it is about, from 1, the last one included. */
  readonly from: number;
  readonly to: number;
}

const COMMENT = /(?:^|\s)#\s*obn-ignore\b[ \t]*([\w/-]*)[ \t]*:?[ \t]*(.*)$/;
const BLOCK = /(?:^|[\s:-])[|>][+-]?\d?[+-]?\s+#/;

/**
 * Comments that switch off one rule in one place, with a reason: `# obn-ignore RULE: why`. Such a comment is about its
 * line; on the line on which a block of text begins, about the block; on a line of its own, about the next line.
 */
export class Switches {
  readonly findings: Finding[] = [];
  private readonly switches: Switch[] = [];

  constructor(
    private readonly document: SourceDocument,
    rules: readonly string[],
  ) {
    const lines = document.text.split('\n');
    let block = 0;
    for (const [index, line] of lines.entries()) {
      if (index < block) continue;
      const [from, to] = reach(lines, index);
      if (BLOCK.test(`${line} #`)) block = Math.max(to, endOfBlock(lines, index));
      const match = COMMENT.exec(line);
      if (!match) continue;
      const [, rule = '', reason = ''] = match;
      const known = rules.includes(rule) || rule.startsWith('schema/');
      if (!known) this.report(index, line, `there is no rule "${rule}"${didYouMean(rule, rules)}`);
      else if (reason.trim() === '') this.report(index, line, `"${rule}" is switched off without a reason`);
      else this.switches.push({ rule, from, to });
    }
  }

  isOff({ file, rule, line }: Finding): boolean {
    if (file !== this.document.file) return false;
    return this.switches.some((one) => one.rule === rule && one.from <= line && line <= one.to);
  }

  private report(index: number, line: string, message: string): void {
    const at = { line: index + 1, column: line.indexOf('#') + 1 };
    const hint = 'write it as in: # obn-ignore link/duplicate: both say the same on purpose';
    this.findings.push(this.document.finding('warning', 'check/switch', at, message, hint));
  }
}

/** The lines, from 1, that a comment at this line is about. */
function reach(lines: readonly string[], index: number): [from: number, to: number] {
  const line = lines[index] ?? '';
  if (/^\s*#/.test(line)) return [index + 2, Math.max(index + 2, endOfBlock(lines, index + 1))];
  return [index + 1, BLOCK.test(line) ? endOfBlock(lines, index) : index + 1];
}

/** The last line, from 1, of the block of text that begins at this line; the line itself when none does. */
function endOfBlock(lines: readonly string[], index: number): number {
  const head = lines[index] ?? '';
  if (!BLOCK.test(`${head} #`)) return index + 1;
  const depth = indentOf(head);
  let end = index + 1;
  while (end < lines.length && (lines[end]?.trim() === '' || indentOf(lines[end] ?? '') > depth)) end += 1;
  return end;
}

/** Columns before the first key; the dash of a list item counts as a part of them. */
function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
