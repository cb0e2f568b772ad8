import createMarkdownIt, {
  type Env,
  type MarkdownIt,
  type StateBlock,
  type StateInline,
  type Token,
} from 'markdown-it';
import { expressionAt } from '../merge/expression.js';
import { trimAddress } from '../text/address.js';
import { readAddresses } from './address-rules.js';
import { readDestinations } from './destinations.js';
import { readHtml } from './html-rules.js';
import { grouped, MAX_ISSUE, MAX_NESTING, MAX_TEXT } from './limits.js';
import { markHeadings, markTables } from './markdown-decorations.js';
import { type MergeScope, mergeOne, mergeText } from './merge.js';
import type { SourceOffset } from './rendered.js';
import { SourceMap } from './source-map.js';
import { unreadAt } from './unread.js';

/** Snippets may include snippets, but not for ever. */
const MAX_DEPTH = 5;

export interface Markdown {
  html(source: string, addresses: Addresses): string;
  /** The tokens of a text, for renderers of other forms. */
  tokens(source: string, addresses: Addresses): Token[];
  /** Where a token of the text that was read last stands in it. */
  spotOf(token: Token): SourceOffset;
}

/** Where the addresses in a text lead in the form that is made of it. */
export interface Addresses {
  /** The attributes of a picture: an address that the reader can reach, and how large it is shown. */
  picture(
    src: string,
  ): { readonly src?: string | number | undefined } & Readonly<Record<string, string | number | undefined>>;
  /** Adds to the address of a link what is wanted on every link. */
  link(href: string): string;
  /** The level of the highest headings in a text; default: 3. */
  readonly level?: 2 | 3;
}

export type { Token };

/** What the parser carries along: where addresses lead, how many snippets deep it is, how much it may still read. */
type Environment = Env & { readonly addresses: Addresses; depth: number; room: number };

/** Knows nothing of an issue, and takes long to make. */
const addressFinder = createAddressFinder();

/**
 * Finds addresses that stand in a text without being links. Where there may be one, every piece is looked at: the
 * library would read the addresses of all links of a block first, which takes longer, to know whether it has to.
 */
function createAddressFinder() {
  const finder = createMarkdownIt().linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  const match = finder.match.bind(finder);
  const matchAtStart = finder.matchAtStart.bind(finder);
  finder.test = (text) => /\/\/|mailto:/i.test(text);
  finder.match = (text) => (match(text) ?? []).map(withoutEnd);
  finder.matchAtStart = (text) => {
    const found = matchAtStart(text);
    return found && withoutEnd(found);
  };
  return finder;
}

/** Invisible characters behind an address, such as a mark of direction, belong to the text that follows. */
function withoutEnd<Found extends { lastIndex: number; raw: string; text: string; url: string }>(
  found: Found,
): Found {
  const more = found.raw.length - trimAddress(found.raw).length;
  if (more === 0) return found;
  const cut = (text: string) => text.slice(0, -more);
  const { raw, text, url, lastIndex } = found;
  return { ...found, raw: cut(raw), text: cut(text), url: cut(url), lastIndex: lastIndex - more };
}

/**
 * CommonMark with autolinked URLs, tables and merge fields. Comments are taken out, other raw HTML is shown as text.
 * Merge fields are a syntax of their own, so that braces in code stay what they are.
 */
export function createMarkdown(scope: MergeScope): Markdown {
  const markdown = createMarkdownIt({ html: false, linkify: true, maxNesting: MAX_NESTING });
  markdown.linkify = addressFinder;
  const places = new SourceMap(markdown);
  readAddresses(markdown, scope, places);
  readHtml(markdown, scope, places);
  const forgetDestinations = readDestinations(markdown);
  markdown.inline.ruler.before('text', 'merge', (state, silent) =>
    inlineField({ markdown, scope, places }, state, silent),
  );
  markdown.inline.ruler.push('unread', (state, silent) => {
    const found = !silent && state.src[state.pos] === ']' ? unreadAt(state) : undefined;
    if (found) {
      const { offset, ...flaw } = found;
      scope.flaw(flaw, places.at(offset));
    }
    return false;
  });
  markdown.block.ruler.before('paragraph', 'snippet', (state, line, _end, silent) =>
    blockSnippet({ markdown, scope, places }, state, line, silent),
  );
  markdown.core.ruler.push('addresses', (state) => {
    const { addresses } = state.env as Environment;
    for (const token of state.tokens.flatMap((block) => block.children ?? [])) {
      const href = token.attrGet('href');
      const src = token.attrGet('src');
      const title = token.attrGet('title');
      if (token.type === 'link_open' && href !== null) token.attrSet('href', addresses.link(String(href)));
      if (token.type === 'image' && src !== null) {
        for (const [name, value] of Object.entries(addresses.picture(decoded(String(src))))) {
          if (value !== undefined) token.attrSet(name, String(value));
        }
      }
      if (title !== null) {
        const words = String(title);
        const filledTitle = mergeText(words, scope, (field) => places.after(places.of(token), words, field));
        token.attrSet('title', filledTitle);
      }
    }
  });
  markdown.core.ruler.push('standing', ({ tokens, env }) => {
    markHeadings(tokens, (env as Environment).addresses.level);
    markTables(tokens);
  });
  const parse = (source: string, addresses: Addresses): Parsed => {
    const env = { addresses, depth: 0, room: MAX_TEXT - source.length };
    if (env.room < 0) {
      reportLimit(scope, 'this text', `has more than ${grouped(MAX_TEXT)} characters`);
      return { env, tokens: [] };
    }
    forgetDestinations();
    const tokens = places.read(source, () => markdown.parse(source, env));
    const deep = tokens.find(({ level, nesting }) => nesting === 1 && level >= MAX_NESTING - 1);
    if (deep) {
      const spot = places.ofBlock(deep);
      reportLimit(scope, 'this text', `nests lists and quotations more than ${MAX_NESTING} deep`, spot);
    }
    return { env, tokens };
  };
  // The HTML and the text of the mail are made of the same tokens. Equal texts in two fields are read twice, so that
  // what is found in them is found at both places.
  const parsed = new WeakMap<Addresses, Map<string, Parsed>>();
  const once = (source: string, addresses: Addresses): Parsed => {
    const known = parsed.get(addresses) ?? new Map<string, Parsed>();
    parsed.set(addresses, known);
    const key = `${scope.place()}\n${source}`;
    const found = known.get(key) ?? parse(source, addresses);
    known.set(key, found);
    if (scope.take(MAX_TEXT - Math.max(found.env.room, 0))) return found;
    const message = `makes the texts of this issue longer than ${grouped(MAX_ISSUE)} characters, snippets included`;
    reportLimit(scope, 'this text', message);
    return { env: found.env, tokens: [] };
  };
  return {
    html: (source, addresses) => {
      const { tokens, env } = once(source, addresses);
      return markdown.renderer.render(tokens, markdown.options, env);
    },
    tokens: (source, addresses) => once(source, addresses).tokens,
    spotOf: (token) => places.of(token),
  };
}

interface Parsed {
  readonly tokens: Token[];
  readonly env: Environment;
}

interface Reading {
  readonly markdown: MarkdownIt;
  readonly scope: MergeScope;
  readonly places: SourceMap;
}

function inlineField({ markdown, scope, places }: Reading, state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('{{', state.pos)) return false;
  const found = expressionAt(state.src, state.pos);
  if (!found || state.pos + found.source.length > state.posMax) return false;
  if (!silent) {
    const { expression, source } = found;
    const env = state.env as Environment;
    const spot = places.here();
    if (expression.kind !== 'snippet') state.pending += mergeOne(found, scope, spot);
    else {
      const text = snippetText(scope, env, expression.name, source, spot);
      if (text === undefined) state.pending += source;
      else {
        const origin = () => inSnippet(expression.name, spot);
        nested(env, () => places.within(origin, () => pushInline(markdown, state, text.trim())));
      }
    }
  }
  state.pos += found.source.length;
  return true;
}

/** A snippet within a snippet is named, but stands where the outer one is included. */
function inSnippet(name: string, { offset }: SourceOffset): SourceOffset {
  return { offset, snippet: name };
}

/** Parses a text by itself and puts what comes of it where the parser stands. */
function pushInline(markdown: MarkdownIt, state: StateInline, text: string): void {
  const tokens: Token[] = [];
  markdown.inline.parse(text, markdown, state.env, tokens);
  if (state.pending !== '') state.pushPending();
  for (const token of tokens) {
    token.level += state.level;
    state.tokens.push(token);
    state.tokens_meta.push(undefined);
  }
}

/** The parser has encoded the address of a picture, which names a file. */
function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** A snippet on a line of its own may be several paragraphs. */
function blockSnippet(reading: Reading, state: StateBlock, line: number, silent: boolean): boolean {
  const { markdown, scope, places } = reading;
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  const text = state.src.slice(start, state.eMarks[line]).trim();
  if (!text.startsWith('{{')) return false;
  const found = expressionAt(text, 0);
  if (found?.expression.kind !== 'snippet' || found.source !== text) return false;
  const { name } = found.expression;
  const env = state.env as Environment;
  const spot = places.at(start);
  const content = snippetText(scope, env, name, found.source, spot);
  if (content === undefined) return false;
  if (silent) return true;
  const before = state.tokens.length;
  const place = inSnippet(name, spot);
  nested(env, () =>
    places.within(
      () => place,
      () => markdown.block.parse(content, markdown, state.env, state.tokens),
    ),
  );
  for (const token of state.tokens.slice(before)) places.include(token, place);
  state.line = line + 1;
  return true;
}

function snippetText(
  scope: MergeScope,
  env: Environment,
  name: string,
  source: string,
  spot: SourceOffset,
): string | undefined {
  const text = scope.snippet(name);
  if (text === undefined) {
    scope.report({ source, message: `names a snippet that does not exist: snippets/${name}.md` }, spot);
    return undefined;
  }
  if (env.depth >= MAX_DEPTH) {
    scope.report({ source, message: `includes snippets within snippets more than ${MAX_DEPTH} deep` }, spot);
    return undefined;
  }
  const full = env.room < 0;
  env.room = full ? env.room : env.room - text.length;
  if (env.room >= 0) return text;
  // What follows is too much for the same reason.
  if (!full) reportLimit(scope, source, `makes this text longer than ${grouped(MAX_TEXT)} characters`, spot);
  return undefined;
}

function reportLimit(
  scope: MergeScope,
  source: string,
  message: string,
  spot: SourceOffset = { offset: 0 },
): void {
  scope.report({ source, message, rule: 'text/limit' }, spot);
}

function nested(env: Environment, parse: () => void): void {
  env.depth += 1;
  parse();
  env.depth -= 1;
}
