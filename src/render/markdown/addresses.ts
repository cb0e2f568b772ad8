import type { Env, MarkdownIt, Token } from 'markdown-it';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Where the addresses in a text lead in the form that is made of it. */
export interface Addresses {
  /** The attributes of a picture: an address that the reader can reach, and how large it is shown. */
  picture(source: string): Attributes;
  /** Adds to the address of a link what is wanted on every link. */
  link(href: string): string;
}

/** What the renderer carries through one text. */
export interface RendererEnv extends Env {
  readonly addresses: Addresses;
}

/** Makes the renderer write addresses as a form wants them. The tokens stay as they are, for the next form. */
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

/** The source of a picture in Markdown: a path relative to issues/, or a web address. */
export function pictureSource(token: Token): string {
  const address = String(token.attrGet('src') ?? '');
  try {
    // The parser has encoded the address, which names a file.
    return decodeURI(address);
  } catch {
    return address;
  }
}
