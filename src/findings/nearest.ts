import { distance } from 'fastest-levenshtein';

/** The known name that is most similar to `name`; undefined when none is similar. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: { candidate: string; edits: number } | undefined;
  for (const candidate of known) {
    const edits = editsBetween(name.toLowerCase(), candidate.toLowerCase());
    if (!best || edits < best.edits) best = { candidate, edits };
  }
  const limit = Math.max(2, Math.floor(name.length / 3));
  return best && best.edits <= limit ? best.candidate : undefined;
}

/** Two letters that changed places are one edit: `sned` is nearer to `send` than to `new`. */
function editsBetween(a: string, b: string): number {
  const edits = distance(a, b);
  return edits === 2 && sorted(a) === sorted(b) ? 1 : edits;
}

const sorted = (text: string) => [...text].sort().join('');

/** The end of a message about an unknown name, such as `; did you mean "title"?`, or an empty string. */
export function didYouMean(name: string, known: readonly string[]): string {
  const candidate = nearest(name, known);
  return candidate === undefined ? '' : `; did you mean "${candidate}"?`;
}
