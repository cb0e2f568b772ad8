import { closest, distance } from 'fastest-levenshtein';

/** The known name that is most similar to `name`; undefined when none is similar. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(name.toLowerCase(), [...known]);
  const limit = Math.max(2, Math.floor(name.length / 3));
  return distance(name.toLowerCase(), candidate.toLowerCase()) <= limit ? candidate : undefined;
}

/** The end of a message about an unknown name, such as `; did you mean "title"?`, or an empty string. */
export function didYouMean(name: string, known: readonly string[]): string {
  const candidate = nearest(name, known);
  return candidate === undefined ? '' : `; did you mean "${candidate}"?`;
}
