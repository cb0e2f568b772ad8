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
import { keepSourceMap, SourceMap } from './source-map.js';
import { noteUnread } from './unread.js';

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

/** A Markdown text as HTML. */
export function markdownHtml({ tokens }: ParsedMarkdown, addresses: Addresses): string {
  const env: RendererEnv = { addresses };
  return markdownParser.renderer.render(tokens as Token[], markdownParser.options, env);
}

/**
 * CommonMark with autolinked URLs, tables and merge fields. Comments are taken out, other raw HTML is shown as text.
 * It takes long to make and knows nothing of an issue, so all texts share it: what differs is in the environment.
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
  writeAddresses(parser);
  parser.core.ruler.push('decorations', ({ tokens, env }) => {
    markHeadings(tokens, (env as MarkdownEnv).level);
    markTables(tokens);
  });
  return parser;
}

/** The parser for one text. The library gives its readers of addresses no environment, so this text has its own. */
function parserFor(env: MarkdownEnv): MarkdownIt {
  const own = {
    ...addressReaders(markdownParser, env),
    helpers: { ...markdownParser.helpers, parseLinkDestination: destinationReader(markdownParser) },
  };
  return Object.assign(Object.create(markdownParser) as MarkdownIt, own);
}
