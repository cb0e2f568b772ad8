import type { Token } from 'markdown-it';
import { grouped, MAX_NESTING, MAX_TEXT } from '../limits.js';
import type { MergeValues } from '../merge-text.js';
import type { SourceOffset } from '../source-offset.js';
import { FindingCollector, type TextFindings } from '../text-findings.js';
import type { MarkdownEnv } from './markdown-env.js';
import { parserFor } from './markdown-parser.js';
import { SourceMap } from './source-map.js';

export type { Token };

/** A Markdown text that was read. Every form of the issue is written from the same tokens. */
export interface ParsedMarkdown {
  readonly tokens: readonly Token[];
  /** How many characters were read, snippets included. */
  readonly characters: number;
  readonly findings: TextFindings<SourceOffset>;
  /** Where a block, a link or an image is in the text. */
  offsetOf(token: Token): SourceOffset;
}

/**
 * Reads a Markdown text.
 * @param level of the highest headings in it
 */
export function parseMarkdown(source: string, values: MergeValues, level: 2 | 3 = 3): ParsedMarkdown {
  const map = new SourceMap(source);
  const found = new FindingCollector();
  const room = MAX_TEXT - source.length;
  const env: MarkdownEnv = { values, found, map, level, room, depth: 0, unclosed: new Set() };
  const limit = (message: string, at: SourceOffset = { offset: 0 }) =>
    found.problem({ source: 'this text', message, rule: 'text/limit' }, at);
  let tokens: readonly Token[] = [];
  if (env.room < 0) limit(`has more than ${grouped(MAX_TEXT)} characters`);
  else {
    tokens = parserFor(env).parse(source, env);
    const deep = tokens.find(({ level, nesting }) => nesting === 1 && level >= MAX_NESTING - 1);
    if (deep) limit(`nests lists and quotations more than ${MAX_NESTING} deep`, map.ofBlock(deep));
  }
  return {
    tokens,
    characters: MAX_TEXT - Math.max(env.room, 0),
    findings: found.findings,
    offsetOf: (token) => map.of(token),
  };
}
