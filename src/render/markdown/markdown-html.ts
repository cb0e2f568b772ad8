import type { Token } from 'markdown-it';
import type { Addresses, RendererEnv } from './addresses.js';
import { markdownParser } from './markdown-parser.js';
import type { ParsedMarkdown } from './parse-markdown.js';

/** A Markdown text as HTML. */
export function markdownHtml({ tokens }: ParsedMarkdown, addresses: Addresses): string {
  const env: RendererEnv = { addresses };
  return markdownParser.renderer.render(tokens as Token[], markdownParser.options, env);
}
