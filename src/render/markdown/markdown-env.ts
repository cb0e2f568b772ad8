import type { StateInline } from 'markdown-it';
import type { MergeValues } from '../merge-text.js';
import type { FindingCollector } from '../text-findings.js';
import type { MappedEnv } from './source-map.js';

/** What the parser carries through one text. The rules keep nothing of their own, so that no text affects another. */
export interface MarkdownEnv extends MappedEnv {
  readonly values: MergeValues;
  readonly found: FindingCollector;
  /** The level of the highest headings in the text. */
  readonly level: 2 | 3;
  /** Parsers of inline content with a comment that never ends, which is not searched for again. */
  readonly unclosed: Set<StateInline>;
  /** How many snippets deep the parser is. */
  depth: number;
  /** How many characters it may still read; below 0 when there was too much. */
  room: number;
}
