import type { Document } from 'yaml';
import { duplicateKeys } from './duplicate.js';
import { type Explained, explain } from './explain.js';
import { misread } from './misread.js';

/**
 * What keeps a YAML text from being read as it is meant. Of a text that the parser refuses it is one error: those behind
 * it mostly follow from it.
 * @param most how many are told; each takes time in proportion to the text
 */
export function problemsOf(text: string, yaml: Document, most: number): Explained[] {
  const duplicates = duplicateKeys(text, yaml, most);
  if (duplicates) return duplicates;
  const refused = explain(text, yaml);
  return refused ? [refused] : misread(text, yaml, most);
}
