import createMarkdownIt, { type MarkdownIt, type Token } from 'markdown-it';
import { grouped, MAX_NESTING, MAX_TEXT } from '../limits.js';
import type { MergeValues } from '../merge-text.js';
import type { SourceOffset } from '../source-offset.js';
import { FindingCollector, type TextFindings } from '../text-findings.js';
import {
  type Addresses,
  addressReaders,
  createAddressFinder,
  destinationReader,
  type RendererEnv,
  refuseData,
  writeAddresses,
} from './addresses.js';
import { readHtml } from './html-rules.js';
import { markHeadings, markTables } from './markdown-decorations.js';
import type { MarkdownEnv } from './markdown-env.js';
import { readMergeFields } from './merge-rules.js';
import { noteOpenFence } from './note-open-fence.js';
import { keepSourceMap, SourceMap } from './source-map.js';
import { noteUnread } from './unread.js';

export type { Token };

/** A parsed Markdown text. Every form of the issue is written from the same tokens. */
export interface ParsedMarkdown {
  readonly tokens: readonly Token[];
  /** Number of parsed characters, including snippets. */
  readonly characters: number;
  readonly findings: TextFindings<SourceOffset>;
  /** Position of a block, link or image in the text. */
  offsetOf(token: Token): SourceOffset;
}

/**
 * Parses a Markdown text.
 * @param level level of its highest heading
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

/** Renders Markdown as HTML. */
export function markdownHtml({ tokens }: ParsedMarkdown, addresses: Addresses): string {
  const env: RendererEnv = { addresses };
  return markdownParser.renderer.render(tokens as Token[], markdownParser.options, env);
}

/**
 * CommonMark parser with autolinks, tables and merge fields. It removes comments and shows other raw HTML as
 * text. All texts share it, because creating it is slow. State of a text is in its environment.
 */
const markdownParser = createParser();

function createParser(): MarkdownIt {
  const parser = createMarkdownIt({ html: false, linkify: true, maxNesting: MAX_NESTING });
  parser.linkify = createAddressFinder();
  keepSourceMap(parser);
  refuseData(parser);
  readHtml(parser);
  readMergeFields(parser);
  noteUnread(parser);
  noteOpenFence(parser);
  writeAddresses(parser);
  parser.core.ruler.push('decorations', ({ tokens, env }) => {
    markHeadings(tokens, (env as MarkdownEnv).level);
    markTables(tokens);
  });
  return parser;
}

/** A parser for one text with its own URL readers, because the library passes them no environment. */
function parserFor(env: MarkdownEnv): MarkdownIt {
  const own = {
    ...addressReaders(markdownParser, env),
    helpers: { ...markdownParser.helpers, parseLinkDestination: destinationReader(markdownParser) },
  };
  return Object.assign(Object.create(markdownParser) as MarkdownIt, own);
}
