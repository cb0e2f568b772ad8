import type { Env, MarkdownIt, StateInline, Token } from 'markdown-it';
import type { Occurrence } from '../../merge/expression.js';
import { schemeStart } from '../scan.js';
import type { SourceOffset } from '../source-offset.js';

/** Where in the whole text an offset of the part that is being read is. */
type Origin = (offset: number) => SourceOffset;

/** The environment of a parser that keeps a source map. */
export interface MappedEnv extends Env {
  readonly map: SourceMap;
}

/** A part of the text that is being read. */
interface Frame {
  readonly origin: Origin;
  /** The parser of the part; undefined between blocks. */
  readonly state: StateInline | undefined;
}

/**
 * Where the parts of one Markdown text are in it, so that a finding is shown where it was written: behind the marks of
 * lists and quotations, in the words of a picture, in a snippet.
 */
export class SourceMap {
  private readonly offsets = new Map<Token, SourceOffset>();
  private readonly frames: Frame[] = [{ origin: (offset) => ({ offset }), state: undefined }];

  constructor(private readonly text: string) {}

  /** Reads a part of the text, or a snippet, which has its place where it is included. */
  within(origin: Origin, parse: () => void): void {
    this.frames.push({ origin, state: undefined });
    parse();
    this.frames.pop();
  }

  /** A parser of inline content begins. Within another one, it reads the words of a picture, which follow `![`. */
  enter(state: StateInline): void {
    const { origin, state: outer } = this.frame;
    const within: Origin = outer ? (offset) => origin(outer.pos + 2 + offset) : origin;
    this.frames.push({ origin: within, state });
  }

  /** The parser of inline content that began last has ended. */
  leave(): void {
    this.frames.pop();
  }

  /** Where the parser is. */
  here(): SourceOffset {
    return this.at(this.frame.state?.pos ?? 0);
  }

  at(offset: number): SourceOffset {
    return this.frame.origin(offset);
  }

  /** Of a block, a link or a picture. */
  of(token: Token): SourceOffset {
    return this.offsets.get(token) ?? { offset: 0 };
  }

  /** Of a block that holds others: the beginning of its first line, or where its snippet is included. */
  ofBlock(token: Token): SourceOffset {
    const lines = this.text.split('\n', token.map?.[0] ?? 0);
    return this.offsets.get(token) ?? { offset: lines.reduce((sum, line) => sum + line.length + 1, 0) };
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

  place(token: Token, spot: SourceOffset): void {
    this.offsets.set(token, spot);
  }

  /** Says of a block that it comes from a snippet, unless it comes from one within that. */
  include(token: Token, spot: SourceOffset): void {
    if (!this.offsets.has(token)) this.offsets.set(token, spot);
  }

  /** Reads the inline content of the blocks of the whole text. */
  readBlocks(tokens: readonly Token[], src: string, parse: (token: Token) => void): void {
    const lines = new Lines(src);
    for (const token of tokens) {
      lines.pass(token);
      if (token.type !== 'inline') continue;
      const spot = this.offsets.get(token);
      const origin = spot ? () => spot : lines.originOf(token);
      this.place(token, origin(0));
      this.within(origin, () => parse(token));
    }
  }

  private get frame(): Frame {
    return this.frames.at(-1) as Frame;
  }
}

/** Makes the parser keep the source map of the text that it reads. */
export function keepSourceMap({ core, inline }: MarkdownIt): void {
  core.ruler.at('inline', ({ src, tokens, env, md }) => {
    const { map } = env as MappedEnv;
    map.readBlocks(tokens, src, (token) => md.inline.parse(token.content, md, env, token.children ?? []));
  });
  inline.State = class extends inline.State {
    constructor(...parameters: ConstructorParameters<typeof StateInline>) {
      super(...parameters);
      (this.env as MappedEnv).map.enter(this);
    }

    override push(...parameters: Parameters<StateInline['push']>): Token {
      const token = super.push(...parameters);
      const { map } = this.env as MappedEnv;
      // The offsets of words, which are most of the tokens, are never needed.
      if (token.type === 'link_open') map.place(token, map.at(linkStart(this)));
      if (token.type === 'image') map.place(token, map.at(this.pos));
      return token;
    }
  };
  inline.ruler2.push('source-map', (state) => (state.env as MappedEnv).map.leave());
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
