import type { Path } from '../document/document.js';
import type { Issue } from '../issue/issue.js';
import { sectionTypes } from '../templates/table.js';
import type { Addresses, Markdown, Token } from './markdown.js';
import { mergeText } from './merge.js';
import type { RenderScope } from './scope.js';
import { type FieldWriter, viewOf } from './view.js';

export interface Placed {
  /** The field of the issue. */
  readonly path: Path;
  /** As the author wrote it; empty where that is not to be found, as in a snippet. */
  readonly source: string;
  /** How many times `source` stands in the field before. */
  readonly nth: number;
}

export interface Link extends Placed {
  /** Where it leads, without tags; merge fields have their fallbacks. */
  readonly href: string;
  /** What a reader sees of a link in Markdown; undefined: its text is a field of its own. */
  readonly text: string | undefined;
  /** A merge field stands in it, so that each reader may have another. */
  readonly personal: boolean;
}

export interface Picture extends Placed {
  /** Relative to issues/, or a web address. */
  readonly src: string;
  /** What stands for a picture in Markdown; undefined: that is a field beside the source. */
  readonly alt: string | undefined;
}

/** What the sections of an issue link to and show, in their order. */
export interface Outline {
  readonly links: readonly Link[];
  readonly pictures: readonly Picture[];
  /** Where a link seems to be meant that Markdown did not take for one. */
  readonly unread: readonly Placed[];
}

/** What stands in the middle of every link. */
const UNREAD = '](';

const UNCHANGED: Addresses = { picture: (source) => source, link: (href) => href };

export function outlineOf(issue: Issue, scope: RenderScope, markdown: Markdown): Outline {
  const links: Link[] = [];
  const pictures: Picture[] = [];
  const unread: Placed[] = [];
  let path: Path = [];
  const add = {
    link: (found: FoundLink) => {
      const href = scope.plain(found.href);
      links.push({ path, ...found, href, personal: href !== found.href });
    },
    picture: (found: Omit<Picture, 'path'>) => pictures.push({ path, ...found }),
    unread: (found: Omit<Placed, 'path'>) => unread.push({ path, ...found }),
  };
  const writer: FieldWriter = {
    markdown: (text) => walk(text, markdown.tokens(text, UNCHANGED), add),
    text: () => undefined,
    url: (url) => add.link({ source: url, nth: 0, href: mergeText(url, scope), text: undefined }),
    picture: (source) => add.picture({ source, nth: 0, src: source, alt: undefined }),
    moment: () => undefined,
  };
  const visit = (field: Path) => {
    scope.visit(field);
    path = field;
  };
  for (const [index, section] of issue.sections.entries()) {
    const schema = sectionTypes.find((type) => type.name === section.type)?.schema;
    if (schema) viewOf(schema, section, writer, visit, ['sections', index]);
  }
  return { links, pictures, unread };
}

type FoundLink = Omit<Link, 'path' | 'personal'>;

interface Collector {
  link(found: FoundLink): void;
  picture(found: Omit<Picture, 'path'>): void;
  unread(found: Omit<Placed, 'path'>): void;
}

function walk(text: string, blocks: readonly Token[], add: Collector): void {
  const find = finder(text);
  for (const block of blocks) {
    let open: { href: string; text: string } | undefined;
    for (const token of block.children ?? []) {
      if (token.type === 'link_open') open = { href: String(token.attrGet('href') ?? ''), text: '' };
      else if (token.type === 'image') {
        const src = String(token.attrGet('src') ?? '');
        add.picture({ ...find(src), src, alt: token.content });
        if (open) open.text += token.content;
      } else if (token.type === 'link_close' && open) {
        add.link({ ...find(open.href), ...open });
        open = undefined;
      } else if (open) open.text += token.content;
      if (token.type === 'text' && token.content.includes(UNREAD)) add.unread(find(UNREAD));
    }
  }
}

/** Finds one thing after the other in a text, though the parser may have encoded it. */
function finder(text: string): (wanted: string) => { source: string; nth: number } {
  let from = 0;
  return (wanted) => {
    for (const source of [wanted, decoded(wanted)]) {
      const found = source === '' ? -1 : text.indexOf(source, from);
      if (found < 0) continue;
      from = found + 1;
      return { source, nth: text.slice(0, found).split(source).length - 1 };
    }
    return { source: '', nth: 0 };
  };
}

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
