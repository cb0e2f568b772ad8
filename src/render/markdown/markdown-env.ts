import type { StateInline } from 'markdown-it';
import type { MergeValues } from '../merge-text.js';
import type { FindingCollector } from '../text-findings.js';
import type { MappedEnv } from './source-map.js';

/** Parser environment of one text. Rules keep no state of their own, so no text affects another. */
export interface MarkdownEnv extends MappedEnv {
  readonly values: MergeValues;
  readonly found: FindingCollector;
  /** Level of the highest heading in the text. */
  readonly level: 2 | 3;
  /** Inline parser states with an unclosed comment, so that its end is not searched again. */
  readonly unclosed: Set<StateInline>;
  /** Current depth of nested snippets. */
  depth: number;
  /** Remaining characters; negative when the limit was exceeded. */
  room: number;
}
