import { MERGE_FORMS } from '../merge/expression.js';
import { code, markdownTable } from './markdown-table.js';

/** Merge fields: how they are written, and what readers see. */
export function mergePart(): string {
  const rows = MERGE_FORMS.map(({ example, meaning }) => [code(example), meaning]);
  return [
    '## Merge fields',
    'Merge fields work in every text and web address. Other template languages, such as Liquid, do not.',
    markdownTable(['written', 'readers see'], rows),
  ].join('\n\n');
}
