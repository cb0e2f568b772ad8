import type { Document } from 'yaml';
import { duplicateKeys } from './duplicate.js';
import { type Explained, explain } from './explain.js';
import { misread } from './misread.js';

/**
 * Finds why a YAML text is not read as meant. If the parser rejects the text, only the first error is reported, because
 * the others mostly follow from it.
 * @param most limit for the number of problems; each takes time in proportion to the text
 */
export function problemsOf(text: string, yaml: Document, most: number): Explained[] {
  const duplicates = duplicateKeys(text, yaml, most);
  if (duplicates) return duplicates;
  const refused = explain(text, yaml);
  return refused ? [refused] : misread(text, yaml, most);
}
