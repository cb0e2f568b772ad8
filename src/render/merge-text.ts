import {
  type Expression,
  type MergeField,
  type Occurrence,
  replaceExpressions,
} from '../merge/expression.js';
import { foreignFieldsIn } from '../merge/foreign-fields.js';
import type { Markers } from './markers.js';
import type { SourceOffset } from './source-offset.js';
import { FindingCollector, type TextFindings } from './text-findings.js';

/** Values of merge fields during rendering. */
export interface MergeValues {
  /** Marker of a column of the list. */
  marker(field: MergeField): string;
  /** Value of a constant such as `newsletter.name`; undefined if there is none. */
  constant(path: readonly string[]): string | undefined;
  /** Markdown of a snippet; undefined if it does not exist. */
  snippet(name: string): string | undefined;
}

/**
 * Merge values of one issue.
 * @param constants values of `{{newsletter.…}}` and `{{issue.…}}`
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

/** Plain text with merge fields replaced: constants by values, columns by markers. */
export interface MergedText {
  readonly text: string;
  readonly findings: TextFindings<SourceOffset>;
}

export function mergeText(text: string, values: MergeValues): MergedText {
  const found = new FindingCollector();
  for (const { offset, ...problem } of foreignFieldsIn(text)) found.problem(problem, { offset });
  return { text: replaceFields(text, values, found, ({ offset }) => ({ offset })), findings: found.findings };
}

/**
 * Replaces the merge fields in part of a text.
 * @param placeOf position of a merge field in the whole text
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

/** Replacement of a merge field that is not a snippet. A field without a value stays unchanged. */
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
      return 'includes a snippet, which only Markdown fields can contain';
    case 'constant': {
      const name = expression.path.join('.');
      return values.constant(expression.path) === undefined ? `has no value: there is no ${name}` : undefined;
    }
    default:
      return undefined;
  }
}
