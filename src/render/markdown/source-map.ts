import type { Env, MarkdownIt, StateInline, Token } from 'markdown-it';
import type { Occurrence } from '../../merge/expression.js';
import { schemeStart } from '../scan.js';
import type { SourceOffset } from '../source-offset.js';

/** Maps an offset in the current fragment to the whole text. */
type Origin = (offset: number) => SourceOffset;

/** The environment of a parser that keeps a source map. */
export interface MappedEnv extends Env {
  readonly map: SourceMap;
}

/** A fragment that is being parsed. */
interface Frame {
  readonly origin: Origin;
  /** Parser state of the fragment; undefined between blocks. */
  readonly state: StateInline | undefined;
}

/**
 * Source positions in one Markdown text, so that findings point to the written text: after list and quote
 * markers, in alt text, in a snippet.
 */
export class SourceMap {
  private readonly offsets = new Map<Token, SourceOffset>();
  private readonly frames: Frame[] = [{ origin: (offset) => ({ offset }), state: undefined }];

  constructor(private readonly text: string) {}

  /** Parses a fragment, or a snippet, which is located where it is included. */
  within(origin: Origin, parse: () => void): void {
    this.frames.push({ origin, state: undefined });
    parse();
    this.frames.pop();
  }

  /** Called when inline parsing begins. A nested call parses alt text, which follows `![`. */
  enter(state: StateInline): void {
    const { origin, state: outer } = this.frame;
    const within: Origin = outer ? (offset) => origin(outer.pos + 2 + offset) : origin;
    this.frames.push({ origin: within, state });
  }

  /** Called when the innermost inline parsing ends. */
  leave(): void {
    this.frames.pop();
  }

  /** Current position. */
  here(): SourceOffset {
    return this.at(this.frame.state?.pos ?? 0);
  }

  at(offset: number): SourceOffset {
    return this.frame.origin(offset);
  }

  /** Position of a block, link or image. */
  of(token: Token): SourceOffset {
    return this.offsets.get(token) ?? { offset: 0 };
  }

  /** Position of a container block: the start of its first line, or where its snippet is included. */
  ofBlock(token: Token): SourceOffset {
    const lines = this.text.split('\n', token.map?.[0] ?? 0);
    return this.offsets.get(token) ?? { offset: lines.reduce((sum, line) => sum + line.length + 1, 0) };
  }

  /** Position of a merge field with this text after a position. The source may contain backslashes. */
  after(
    spot: SourceOffset,
    words: string,
    { source, offset }: Pick<Occurrence, 'source' | 'offset'>,
  ): SourceOffset {
    if (spot.snippet !== undefined) return spot;
    // Avoids searching the rest of a long text for every link.
    const near = this.text.slice(spot.offset, spot.offset + NEAR);
    const start = near.indexOf(words);
    const within = start >= 0 ? start + offset : Math.max(0, near.indexOf(source));
    return { offset: spot.offset + within };
  }

  place(token: Token, spot: SourceOffset): void {
    this.offsets.set(token, spot);
  }

  /** Records that a block comes from a snippet, unless a nested snippet has claimed it. */
  include(token: Token, spot: SourceOffset): void {
    if (!this.offsets.has(token)) this.offsets.set(token, spot);
  }

  /** Parses the inline content of all blocks. */
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

/** Makes the parser maintain the source map. */
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
      // Offsets of text tokens, the most frequent ones, are never needed.
      if (token.type === 'link_open') map.place(token, map.at(linkStart(this)));
      if (token.type === 'image') map.place(token, map.at(this.pos));
      return token;
    }
  };
  inline.ruler2.push('source-map', (state) => (state.env as MappedEnv).map.leave());
}

/** When a link token is pushed, its bracket or URL scheme has already been consumed. */
function linkStart({ src, pos }: StateInline): number {
  if (src[pos - 1] === '[') return pos - 1;
  return src.startsWith('://', pos) ? schemeStart(src, pos) : pos;
}

/** Search distance for the definition of a reference link. */
const NEAR = 10_000;

/** Lines of a text and their offsets. */
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

  /** Table cells have no line number, but the preceding row does. */
  pass({ map }: Token): void {
    if (map) this.current = map[0];
  }

  /** The content of a block is its lines without markers. */
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

/** The last part that begins at or before an offset. @param parts sorted by offset */
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
