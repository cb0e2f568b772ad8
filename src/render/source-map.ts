import type { MarkdownIt, StateInline, Token } from 'markdown-it';
import type { Occurrence } from '../merge/expression.js';
import type { SourceOffset } from './rendered.js';
import { schemeStart } from './scan.js';

/** Where in the whole text an offset of the part that is being read stands. */
type Origin = (offset: number) => SourceOffset;

/**
 * Follows the parser through a Markdown text, so that what is found in it can be shown where it was written: behind
 * the marks of lists and quotations, in the words of a picture, in a snippet.
 */
export class SourceMap {
  private text = '';
  private origin: Origin = (offset) => ({ offset });
  private state: StateInline | undefined;
  private readonly spots = new WeakMap<Token, SourceOffset>();

  constructor(markdown: MarkdownIt) {
    this.followInline(markdown);
    markdown.core.ruler.at('inline', ({ src, tokens, env, md }) => {
      const lines = new Lines(src);
      for (const token of tokens) {
        lines.pass(token);
        if (token.type !== 'inline') continue;
        const spot = this.spots.get(token);
        const origin = spot ? () => spot : lines.originOf(token);
        this.spots.set(token, origin(0));
        this.within(origin, () => md.inline.parse(token.content, md, env, token.children ?? []));
      }
    });
  }

  /** Does the reading of a whole text. */
  read<T>(text: string, parse: () => T): T {
    this.text = text;
    this.origin = (offset) => ({ offset });
    this.state = undefined;
    return parse();
  }

  /** Reads a part of the text, or a snippet, which has its place where it is included. */
  within(origin: Origin, parse: () => void): void {
    const before = { origin: this.origin, state: this.state };
    Object.assign(this, { origin, state: undefined });
    parse();
    Object.assign(this, before);
  }

  /** Where the parser is. */
  here(): SourceOffset {
    return this.origin(this.state?.pos ?? 0);
  }

  at(offset: number): SourceOffset {
    return this.origin(offset);
  }

  /** Of a block, a link or a picture. */
  of(token: Token): SourceOffset {
    return this.spots.get(token) ?? { offset: 0 };
  }

  /** Of a block that holds others: the beginning of its first line, or where its snippet is included. */
  ofBlock(token: Token): SourceOffset {
    const lines = this.text.split('\n', token.map?.[0] ?? 0);
    return this.spots.get(token) ?? { offset: lines.reduce((sum, line) => sum + line.length + 1, 0) };
  }

  /** Where a merge field of these words stands, which come after a place, maybe with backslashes. */
  after(
    spot: SourceOffset,
    words: string,
    { source, offset }: Pick<Occurrence, 'source' | 'offset'>,
  ): SourceOffset {
    if (spot.snippet !== undefined) return spot;
    // The rest of a long text is not searched again for every link in it.
    const near = this.text.slice(spot.offset, spot.offset + NEAR);
    const start = near.indexOf(words);
    const within = start >= 0 ? start + offset : Math.max(0, near.indexOf(source));
    return { offset: spot.offset + within };
  }

  /** Says of a block that it comes from a snippet, unless it comes from one within that. */
  include(token: Token, spot: SourceOffset): void {
    if (!this.spots.has(token)) this.spots.set(token, spot);
  }

  private followInline({ inline }: MarkdownIt): void {
    const places = this;
    inline.State = class extends inline.State {
      constructor(...parameters: ConstructorParameters<typeof StateInline>) {
        super(...parameters);
        places.state = this;
      }

      override push(...parameters: Parameters<StateInline['push']>): Token {
        const token = super.push(...parameters);
        // Nobody asks where words stand, which are most of what is pushed.
        if (token.type === 'link_open') places.spots.set(token, places.at(linkStart(this)));
        if (token.type === 'image') places.spots.set(token, places.at(this.pos));
        return token;
      }
    };
    const { parse } = inline;
    inline.parse = (...parameters) => {
      const { state, origin } = this;
      // Within a text, only the words of a picture are parsed by themselves; they stand behind `![`.
      const inner: Origin = state ? (offset) => origin(state.pos + 2 + offset) : origin;
      this.within(inner, () => parse.apply(inline, parameters));
    };
  }
}

/** When a link is pushed, its bracket has been read, or the scheme of its address. */
function linkStart({ src, pos }: StateInline): number {
  if (src[pos - 1] === '[') return pos - 1;
  return src.startsWith('://', pos) ? schemeStart(src, pos) : pos;
}

/** How far behind a link the address may be written that it is given by a reference. */
const NEAR = 10_000;

/** The lines of a text, and which of them belongs to what. */
class Lines {
  private readonly lines: { readonly text: string; readonly start: number }[] = [];
  private current = 0;

  constructor(text: string) {
    let start = 0;
    for (const line of text.split('\n')) {
      this.lines.push({ text: line, start });
      start += line.length + 1;
    }
  }

  /** Cells of a table do not say on which line they are, but the row before them does. */
  pass({ map }: Token): void {
    if (map) this.current = map[0];
  }

  /** What a block holds are its lines without the marks before them. */
  originOf({ content }: Token): Origin {
    let from = 0;
    const parts = content.split('\n').map((text, index) => {
      const line = this.lines[this.current + index];
      const part = { from, start: (line?.start ?? 0) + Math.max(0, line?.text.indexOf(text) ?? 0) };
      from += text.length + 1;
      return part;
    });
    return (offset) => {
      const part = lastBefore(parts, offset);
      return { offset: part ? part.start + offset - part.from : offset };
    };
  }
}

/** The last part that begins at or before an offset. @param parts in their order */
function lastBefore<Part extends { readonly from: number }>(
  parts: readonly Part[],
  offset: number,
): Part | undefined {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((parts[middle]?.from ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return parts[low - 1];
}
