import type { Path } from '../document/document.js';
import type { MergeField } from '../merge/expression.js';
import type { SourceLocation, SourceOffset } from './source-offset.js';

/** What may be wrong with a Markdown text although it can be rendered. */
export type FlawKind =
  /** A link or an image that Markdown does not read as one. */
  | 'unread'
  /** An address with an invisible character inside. */
  | 'address'
  /** A comment, which no reader sees. */
  | 'comment'
  /** A comment without an end, or with an empty line in it. */
  | 'open-comment'
  /** HTML, which readers see as it is written. */
  | 'html';

export interface Flaw {
  readonly kind: FlawKind;
  /** What was written. */
  readonly text: string;
  /** What to do, where that can be said exactly. */
  readonly hint?: string;
}

/** A merge field that stands for a column of the list. */
export interface MergeUse {
  /** The field with its braces, as written. */
  readonly source: string;
  readonly field: MergeField;
}

/** A merge field that cannot be filled. */
export interface MergeProblem {
  /** The field with its braces, as written. */
  readonly source: string;
  readonly message: string;
  /** The rule that it breaks. Default: `merge/syntax`. */
  readonly rule?: 'text/limit';
}

/**
 * What was found in the author's texts, in the order in which they are read.
 * @typeParam Place where each finding is: an offset in one text, or a field of the issue and an offset in it
 */
export interface TextFindings<Place extends SourceOffset = SourceLocation> {
  readonly uses: readonly (MergeUse & Place)[];
  readonly problems: readonly (MergeProblem & Place)[];
  readonly flaws: readonly (Flaw & Place)[];
}

export const NO_FINDINGS: TextFindings<never> = { uses: [], problems: [], flaws: [] };

/** The findings of one text, while it is read. The parser may try a passage twice, so equal findings count once. */
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

  /** What was found so far. */
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

/** The findings of one text, as findings of a field. */
export function inField(path: Path, found: TextFindings<SourceOffset>): TextFindings {
  if (found === NO_FINDINGS) return NO_FINDINGS;
  const placed = <Finding extends SourceOffset>(findings: readonly Finding[]) =>
    findings.map((finding) => ({ ...finding, path }));
  return { uses: placed(found.uses), problems: placed(found.problems), flaws: placed(found.flaws) };
}

/** The findings of several texts, in their order. */
export function allFindings(parts: readonly TextFindings[]): TextFindings {
  return {
    uses: parts.flatMap(({ uses }) => uses),
    problems: parts.flatMap(({ problems }) => problems),
    flaws: parts.flatMap(({ flaws }) => flaws),
  };
}
