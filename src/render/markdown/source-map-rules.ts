import type { MarkdownIt, StateInline, Token } from 'markdown-it';
import { schemeStart } from '../scan.js';
import { envOf } from './markdown-env.js';

/** Makes the parser keep the source map of the text that it reads. */
export function keepSourceMap({ core, inline }: MarkdownIt): void {
  core.ruler.at('inline', ({ src, tokens, env, md }) => {
    const { map } = envOf({ env });
    map.readBlocks(tokens, src, (token) => md.inline.parse(token.content, md, env, token.children ?? []));
  });
  inline.State = class extends inline.State {
    constructor(...parameters: ConstructorParameters<typeof StateInline>) {
      super(...parameters);
      envOf(this).map.enter(this);
    }

    override push(...parameters: Parameters<StateInline['push']>): Token {
      const token = super.push(...parameters);
      const { map } = envOf(this);
      // The offsets of words, which are most of the tokens, are never needed.
      if (token.type === 'link_open') map.place(token, map.at(linkStart(this)));
      if (token.type === 'image') map.place(token, map.at(this.pos));
      return token;
    }
  };
  inline.ruler2.push('source-map', (state) => envOf(state).map.leave());
}

/** When a link is pushed, its bracket has been read, or the scheme of its address. */
function linkStart({ src, pos }: StateInline): number {
  if (src[pos - 1] === '[') return pos - 1;
  return src.startsWith('://', pos) ? schemeStart(src, pos) : pos;
}
