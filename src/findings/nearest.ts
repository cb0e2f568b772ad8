import { closest, distance } from 'fastest-levenshtein';

/** The known name that `name` was most likely meant to be, or undefined when none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(name.toLowerCase(), [...known]);
  const limit = Math.max(2, Math.floor(name.length / 3));
  return distance(name.toLowerCase(), candidate.toLowerCase()) <= limit ? candidate : undefined;
}

/** `; did you mean "title"?` or nothing, to be put after a message that names an unknown name. */
export function didYouMean(name: string, known: readonly string[]): string {
  const candidate = nearest(name, known);
  return candidate === undefined ? '' : `; did you mean "${candidate}"?`;
}
