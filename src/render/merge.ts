import { type Expression, type Occurrence, replaceExpressions } from '../merge/expression.js';
import type { Flaw } from './flaws.js';
import type { SourceOffset } from './rendered.js';

export type Field = Extract<Expression, { kind: 'field' }>;

/** A merge field that cannot be carried out, to be reported where it stands. */
export interface MergeProblem {
  /** The field with its braces, as written. */
  readonly source: string;
  readonly message: string;
  /** What it breaks; default: `merge/syntax`. */
  readonly rule?: 'text/limit';
}

/** What merge fields are replaced by while an issue is rendered, and what is to be said of its texts. */
export interface MergeScope {
  /** The marker that stands for a column of the list. */
  field(field: Field, source: string, spot: SourceOffset): string;
  /** `newsletter.name` and the like. */
  constant(path: readonly string[]): string | undefined;
  /** Markdown of a snippet; undefined when there is none of that name. */
  snippet(name: string): string | undefined;
  report(problem: MergeProblem, spot: SourceOffset): void;
  /** Counts what is read of the field that is being rendered. @returns whether the issue has room for so many characters */
  take(characters: number): boolean;
  /** Says of something in a Markdown text that readers do not get it as it was meant. */
  flaw(flaw: Flaw, spot: SourceOffset): void;
  /** A name of the field that is being rendered. */
  place(): string;
}

/**
 * Replaces the merge fields of a plain text: constants by their value, columns by a marker.
 * @param spotOf where in the field of the issue a merge field stands; default: the text is all of it.
 */
export function mergeText(
  text: string,
  scope: MergeScope,
  spotOf: (occurrence: Occurrence) => SourceOffset = ({ offset }) => ({ offset }),
): string {
  return replaceExpressions(text, (occurrence) => mergeOne(occurrence, scope, spotOf(occurrence)));
}

/** What stands for one merge field that is not a snippet; one that is wrong is reported and left as it is. */
export function mergeOne({ source, expression }: Occurrence, scope: MergeScope, spot: SourceOffset): string {
  const message = problemOf(expression, scope);
  if (message !== undefined) {
    scope.report({ source, message }, spot);
    return source;
  }
  if (expression.kind === 'field') return scope.field(expression, source, spot);
  return expression.kind === 'constant' ? (scope.constant(expression.path) ?? '') : source;
}

function problemOf(expression: Expression, scope: MergeScope): string | undefined {
  switch (expression.kind) {
    case 'invalid':
      return `is not a merge field: ${expression.reason}`;
    case 'snippet':
      return 'includes a snippet, which only Markdown can hold';
    case 'constant': {
      const name = expression.path.join('.');
      return scope.constant(expression.path) === undefined ? `has no value: there is no ${name}` : undefined;
    }
    default:
      return undefined;
  }
}
