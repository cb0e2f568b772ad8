import type { Path } from '../document/document.js';
import type { MergeField } from '../merge/expression.js';
import type { SourceLocation, SourceOffset } from './source-offset.js';

/** Kinds of problems in Markdown that can still be rendered. */
export type FlawKind =
  /** A link or image with invalid syntax. */
  | 'unread'
  /** A URL with an invisible character. */
  | 'address'
  /** A comment, which readers do not see. */
  | 'comment'
  /** An unclosed comment, or one with an empty line. */
  | 'open-comment'
  /** HTML, which readers see as literal text. */
  | 'html'
  /** A code block without an end. */
  | 'open-fence';

export interface Flaw {
  readonly kind: FlawKind;
  /** The text as written. */
  readonly text: string;
  /** Specific fix, if known. */
  readonly hint?: string;
}

/** A merge field that refers to a column of the list. */
export interface MergeUse {
  /** The field as written, with its braces. */
  readonly source: string;
  readonly field: MergeField;
}

/** A merge field without a value. */
export interface MergeProblem {
  /** The field as written, with its braces. */
  readonly source: string;
  readonly message: string;
  /** Specific fix, if known. */
  readonly hint?: string;
  /** Violated rule. Default: `merge/syntax`. */
  readonly rule?: 'text/limit';
}

/**
 * Findings in the author's texts, in reading order.
 * @typeParam Place location of a finding: an offset in one text, or a field of the issue with an offset
 */
export interface TextFindings<Place extends SourceOffset = SourceLocation> {
  readonly uses: readonly (MergeUse & Place)[];
  readonly problems: readonly (MergeProblem & Place)[];
  readonly flaws: readonly (Flaw & Place)[];
}

export const NO_FINDINGS: TextFindings<never> = { uses: [], problems: [], flaws: [] };

/** Collects findings of one text. Equal findings count once, because the parser may try a passage twice. */
export class FindingCollector {
  private readonly uses = new Map<string, MergeUse & SourceOffset>();
  private readonly problems = new Map<string, MergeProblem & SourceOffset>();
  private readonly flaws = new Map<string, Flaw & SourceOffset>();

  use(use: MergeUse, at: SourceOffset): void {
    this.uses.set(keyOf(at, use.source), { ...use, ...at });
  }

  problem(problem: MergeProblem, at: SourceOffset): void {
    this.problems.set(keyOf(at, problem.source), { ...problem, ...at });
  }

  flaw(flaw: Flaw, at: SourceOffset): void {
    this.flaws.set(keyOf(at, `${flaw.kind} ${flaw.text}`), { ...flaw, ...at });
  }

  /** Findings so far. */
  get findings(): TextFindings<SourceOffset> {
    if (this.uses.size + this.problems.size + this.flaws.size === 0) return NO_FINDINGS;
    return {
      uses: [...this.uses.values()],
      problems: [...this.problems.values()],
      flaws: [...this.flaws.values()],
    };
  }
}

function keyOf({ offset, snippet = '' }: SourceOffset, text: string): string {
  return `${offset} ${snippet} ${text}`;
}

/** Converts findings of a text to findings of a field. */
export function inField(path: Path, found: TextFindings<SourceOffset>): TextFindings {
  if (found === NO_FINDINGS) return NO_FINDINGS;
  const placed = <Finding extends SourceOffset>(findings: readonly Finding[]) =>
    findings.map((finding) => ({ ...finding, path }));
  return { uses: placed(found.uses), problems: placed(found.problems), flaws: placed(found.flaws) };
}

/** Findings of several texts, in order. */
export function allFindings(parts: readonly TextFindings[]): TextFindings {
  return {
    uses: parts.flatMap(({ uses }) => uses),
    problems: parts.flatMap(({ problems }) => problems),
    flaws: parts.flatMap(({ flaws }) => flaws),
  };
}
