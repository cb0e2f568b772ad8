import {
  type Expression,
  type MergeField,
  type Occurrence,
  replaceExpressions,
} from '../merge/expression.js';
import type { Markers } from './markers.js';
import type { SourceOffset } from './source-offset.js';
import { FindingCollector, type TextFindings } from './text-findings.js';

/** What merge fields stand for while an issue is rendered. */
export interface MergeValues {
  /** The marker that stands for a column of the list. */
  marker(field: MergeField): string;
  /** `newsletter.name` and the like; undefined when there is no such value. */
  constant(path: readonly string[]): string | undefined;
  /** Markdown of a snippet; undefined when there is none of that name. */
  snippet(name: string): string | undefined;
}

/**
 * The values of one issue.
 * @param constants what `{{newsletter.…}}` and `{{issue.…}}` stand for
 * @param snippets Markdown by name
 */
export function mergeValues(
  markers: Markers,
  constants: Readonly<Record<string, unknown>>,
  snippets: ReadonlyMap<string, string>,
): MergeValues {
  return {
    marker: (field) => markers.add(field),
    constant: (path) => valueAt(constants, path),
    snippet: (name) => snippets.get(name),
  };
}

function valueAt(constants: unknown, path: readonly string[]): string | undefined {
  let value = constants;
  for (const key of path) {
    const own = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    value = own ? (value as Record<string, unknown>)[key] : undefined;
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A plain text whose merge fields were replaced: constants by their value, columns by a marker. */
export interface MergedText {
  readonly text: string;
  readonly findings: TextFindings<SourceOffset>;
}

export function mergeText(text: string, values: MergeValues): MergedText {
  const found = new FindingCollector();
  return { text: replaceFields(text, values, found, ({ offset }) => ({ offset })), findings: found.findings };
}

/**
 * Replaces the merge fields in a part of a text.
 * @param placeOf where in the whole text a merge field is
 */
export function replaceFields(
  text: string,
  values: MergeValues,
  found: FindingCollector,
  placeOf: (occurrence: Occurrence) => SourceOffset,
): string {
  return replaceExpressions(text, (occurrence) =>
    replaceField(occurrence, values, found, placeOf(occurrence)),
  );
}

/** What stands for one merge field that is not a snippet. One that cannot be filled stays as it is. */
export function replaceField(
  { source, expression }: Occurrence,
  values: MergeValues,
  found: FindingCollector,
  at: SourceOffset,
): string {
  const message = problemOf(expression, values);
  if (message !== undefined) {
    found.problem({ source, message }, at);
    return source;
  }
  if (expression.kind === 'field') {
    found.use({ source, field: expression }, at);
    return values.marker(expression);
  }
  return expression.kind === 'constant' ? (values.constant(expression.path) ?? '') : source;
}

function problemOf(expression: Expression, values: MergeValues): string | undefined {
  switch (expression.kind) {
    case 'invalid':
      return `is not a merge field: ${expression.reason}`;
    case 'snippet':
      return 'includes a snippet, which only Markdown can hold';
    case 'constant': {
      const name = expression.path.join('.');
      return values.constant(expression.path) === undefined ? `has no value: there is no ${name}` : undefined;
    }
    default:
      return undefined;
  }
}
