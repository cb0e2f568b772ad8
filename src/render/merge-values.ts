import type { Markers } from './markers.js';
import type { MergeValues } from './merge-text.js';

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
