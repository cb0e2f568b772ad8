/**
 * The metadata of a key, which JSON Schema, editors and `obn guide` show.
 * @param description Markdown; one or two sentences @param examples values as an author would write them
 */
export function described<T>(description: string, ...examples: readonly T[]) {
  return examples.length === 0 ? { description } : { description, examples: [...examples] };
}
