import createMarkdownIt, { type MarkdownIt } from 'markdown-it';
import { MAX_NESTING } from '../limits.js';
import { createAddressFinder } from './address-finder.js';
import { addressReaders, refuseData } from './address-rules.js';
import { writeAddresses } from './addresses.js';
import { destinationReader } from './destinations.js';
import { readHtml } from './html-rules.js';
import { markHeadings, markTables } from './markdown-decorations.js';
import { envOf, type MarkdownEnv } from './markdown-env.js';
import { readMergeFields } from './merge-rules.js';
import { keepSourceMap } from './source-map-rules.js';
import { noteUnread } from './unread.js';

/**
 * CommonMark with autolinked URLs, tables and merge fields. Comments are taken out, other raw HTML is shown as text.
 * It takes long to make and knows nothing of an issue, so all texts share it: what differs is in the environment.
 */
export const markdownParser = createParser();

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
    markHeadings(tokens, envOf({ env }).level);
    markTables(tokens);
  });
  return parser;
}

/** The parser for one text. The library gives its readers of addresses no environment, so this text has its own. */
export function parserFor(env: MarkdownEnv): MarkdownIt {
  const own = {
    ...addressReaders(markdownParser, env),
    helpers: { ...markdownParser.helpers, parseLinkDestination: destinationReader(markdownParser) },
  };
  return Object.assign(Object.create(markdownParser) as MarkdownIt, own);
}
