import createMarkdownIt, { type Env, type MarkdownIt, type Token } from 'markdown-it';
import { foreignFieldsIn } from '../../merge/foreign-fields.js';
import { invisibleIn, tidyAddress, trimAddress, withoutInvisible } from '../../text/address.js';
import { replaceFields } from '../merge-text.js';
import type { MarkdownEnv } from './markdown-env.js';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** URL rewriting for one form. */
export interface Addresses {
  /** Attributes of an image: its public URL and size. */
  picture(source: string): Attributes;
  /** Adds tracking parameters to a link. */
  link(href: string): string;
}

/** Renderer environment of one text. */
export interface RendererEnv extends Env {
  readonly addresses: Addresses;
}

/** Makes the renderer rewrite URLs for a form. Tokens stay unchanged for the next form. */
export function writeAddresses({ renderer }: MarkdownIt): void {
  renderer.rules.link_open = (tokens, index, _options, env, self) => {
    const { attrs } = tokens[index] as Token;
    const href = (value: string) => (env as RendererEnv).addresses.link(value);
    const linked = (attrs ?? []).map(([name, value]): [string, string] =>
      name === 'href' ? [name, href(String(value))] : [name, String(value)],
    );
    return `<a${self.renderAttrs({ attrs: linked })}>`;
  };
  renderer.rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index] as Token;
    const shown = new Map((token.attrs ?? []).map(([name, value]) => [name, String(value)]));
    shown.set('alt', self.renderInlineAsText(token.children ?? [], options, env));
    for (const [name, value] of Object.entries(
      (env as RendererEnv).addresses.picture(pictureSource(token)),
    )) {
      if (value !== undefined) shown.set(name, String(value));
    }
    return `<img${self.renderAttrs({ attrs: [...shown] })}>`;
  };
}

/** Source of a Markdown image: a path relative to issues/, or a URL. */
export function pictureSource(token: Token): string {
  const address = String(token.attrGet('src') ?? '');
  try {
    // The parser has percent-encoded the path.
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** Allows only known URL schemes in links. */
export function refuseData(parser: MarkdownIt): void {
  const { validateLink } = parser;
  parser.validateLink = (url) => validateLink(url) && !/^data:/i.test(url.trim());
}

/**
 * Normalizes link and image URLs in one text: fills merge fields, encodes URLs for mail programs and
 * browsers, and reports URLs with invisible characters.
 */
export function addressReaders(
  { normalizeLink, normalizeLinkText }: Pick<MarkdownIt, 'normalizeLink' | 'normalizeLinkText'>,
  { values, found, map }: Pick<MarkdownEnv, 'values' | 'found' | 'map'>,
): Pick<MarkdownIt, 'normalizeLink' | 'normalizeLinkText'> {
  const filled = (url: string) =>
    replaceFields(url, values, found, (field) => map.after(map.here(), url, field));
  const note = (url: string) => {
    const text = trimAddress(url);
    for (const field of foreignFieldsIn(text)) {
      const { source, message, hint } = field;
      found.problem({ source, message, hint }, map.after(map.here(), text, field));
    }
    if (invisibleIn(text) === undefined) return;
    const at = map.after(map.here(), text, { source: text, offset: 0 });
    found.flaw({ kind: 'address', text, hint: `write ${withoutInvisible(text)}` }, at);
  };
  return {
    normalizeLink: (url) => {
      note(url);
      return normalizeLink(tidyAddress(filled(url)));
    },
    normalizeLinkText: (url) => normalizeLinkText(trimAddress(filled(url))),
  };
}

const FIELD = /\{\{[^{}\n]*\}\}/g;

/**
 * Parses link destinations with merge fields, whose braces may contain characters that otherwise end a
 * destination, such as spaces, quotes and brackets.
 */
export function destinationReader({
  helpers: { parseLinkDestination },
  utils,
}: Pick<MarkdownIt, 'helpers' | 'utils'>): MarkdownIt['helpers']['parseLinkDestination'] {
  // The parser passes the whole text for every link, so its merge fields are located only once.
  const masks = new Map<string, string>();
  const maskOf = (text: string) => {
    const mask = masks.get(text) ?? text.replace(FIELD, (field) => 'x'.repeat(field.length));
    masks.set(text, mask);
    return mask;
  };
  return (text, start, max) => {
    const masked = maskOf(text);
    const found = parseLinkDestination(masked, start, max);
    if (!found.ok) return found;
    const inner = masked[start] === '<' ? text.slice(start + 1, found.pos - 1) : text.slice(start, found.pos);
    return { ...found, str: utils.unescapeAll(inner) };
  };
}

/**
 * Finds bare URLs in text. Tests each piece that may contain one. The library would first search all links of
 * a block, which is slower.
 */
export function createAddressFinder(): MarkdownIt['linkify'] {
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

/** Invisible characters after a URL, such as direction marks, belong to the following text. */
function withoutEnd<Found extends { lastIndex: number; raw: string; text: string; url: string }>(
  found: Found,
): Found {
  const more = found.raw.length - trimAddress(found.raw).length;
  if (more === 0) return found;
  const cut = (text: string) => text.slice(0, -more);
  const { raw, text, url, lastIndex } = found;
  return { ...found, raw: cut(raw), text: cut(text), url: cut(url), lastIndex: lastIndex - more };
}
