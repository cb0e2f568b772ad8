import { type Expression, type Occurrence, replaceExpressions } from '../merge/expression.js';

export type Field = Extract<Expression, { kind: 'field' }>;

/** A merge field that cannot be carried out, to be reported where it stands. */
export interface MergeProblem {
  /** The field with its braces, as written. */
  readonly source: string;
  readonly message: string;
}

/** What merge fields are replaced by while an issue is rendered. */
export interface MergeScope {
  /** The marker that stands for a column of the list. */
  field(field: Field, source: string): string;
  /** `newsletter.name` and the like. */
  constant(path: readonly string[]): string | undefined;
  /** Markdown of a snippet; undefined when there is none of that name. */
  snippet(name: string): string | undefined;
  report(problem: MergeProblem): void;
}

/** Replaces the merge fields of a plain text: constants by their value, columns by a marker. */
export function mergeText(text: string, scope: MergeScope): string {
  return replaceExpressions(text, (occurrence) => mergeOne(occurrence, scope));
}

/** What stands for one merge field that is not a snippet; one that is wrong is reported and left as it is. */
export function mergeOne({ source, expression }: Occurrence, scope: MergeScope): string {
  const message = problemOf(expression, scope);
  if (message !== undefined) {
    scope.report({ source, message });
    return source;
  }
  if (expression.kind === 'field') return scope.field(expression, source);
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
