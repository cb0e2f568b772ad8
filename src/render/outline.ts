import type { Path } from '../document/document.js';
import type { Issue } from '../issue/issue.js';
import { sectionTypes } from '../templates/table.js';
import { type FieldWriter, viewOf } from './field-visitor.js';
import type { PlacedFlaw } from './flaws.js';
import type { Addresses, Markdown, Token } from './markdown.js';
import { mergeText } from './merge.js';
import type { PictureFile } from './pictures.js';
import type { SourceLocation, SourceOffset } from './rendered.js';
import type { RenderScope } from './scope.js';

export interface Link extends SourceLocation {
  /** Where it leads, without tags; merge fields have their fallbacks. */
  readonly href: string;
  /** What a reader sees of a link in Markdown; undefined: its text is a field of its own. */
  readonly text: string | undefined;
  /** A merge field stands in it, so that each reader may have another. */
  readonly personal: boolean;
  /** It begins with a merge field that has no fallback, so that the list alone says where it leads. */
  readonly open: boolean;
}

export interface Picture extends SourceLocation {
  /** Relative to issues/, or a web address. */
  readonly src: string;
  /** What stands for a picture in Markdown; undefined: that is a field beside the source. */
  readonly alt: string | undefined;
  /** Undefined where it is none of the newsletter's own, or there is none. */
  readonly file?: PictureFile;
}

/** Words as a reader sees them, code and addresses aside: a block of Markdown, or a field of one line. */
export interface Passage extends SourceLocation {
  readonly text: string;
  readonly kind: 'markdown' | 'text';
}

/** What the sections of an issue say, link to and show, in their order. */
export interface Outline {
  readonly passages: readonly Passage[];
  readonly links: readonly Link[];
  readonly pictures: readonly Picture[];
  /** What its Markdown texts hold that readers do not get as it was meant. */
  readonly flaws: readonly PlacedFlaw[];
}

const UNCHANGED: Addresses = { picture: (src) => ({ src }), link: (href) => href };

export function outlineOf(issue: Issue, scope: RenderScope, markdown: Markdown): Outline {
  const links: Link[] = [];
  const pictures: Picture[] = [];
  const passages: Passage[] = [];
  let path: Path = [];
  const add: Collector = {
    link: (found) => {
      const href = scope.plain(found.href);
      const open = scope.beginsOpen(found.href);
      links.push({ path, ...found, href, personal: href !== found.href, open });
    },
    picture: (found) => pictures.push({ path, ...found }),
    passage: (found) => passages.push({ path, ...found, text: scope.plain(found.text) }),
  };
  const start = { offset: 0 };
  const writer: FieldWriter = {
    markdown: (text) => walk(markdown.tokens(text, UNCHANGED), markdown, add),
    text: (text) => add.passage({ ...start, text: mergeText(text, scope), kind: 'text' }),
    url: (url) => add.link({ ...start, href: mergeText(url, scope), text: undefined }),
    picture: (source) => add.picture({ ...start, src: source, alt: undefined }),
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
  return { passages, links, pictures, flaws: scope.flaws };
}

interface Collector {
  link(found: Omit<Link, 'path' | 'personal' | 'open'>): void;
  picture(found: Omit<Picture, 'path'>): void;
  passage(found: Omit<Passage, 'path'>): void;
}

function walk(blocks: readonly Token[], markdown: Markdown, add: Collector): void {
  for (const block of blocks) {
    let open: (SourceOffset & { href: string; text: string }) | undefined;
    for (const token of block.children ?? []) {
      if (token.type === 'link_open') {
        open = { ...markdown.spotOf(token), href: String(token.attrGet('href') ?? ''), text: '' };
      } else if (token.type === 'image') {
        const src = String(token.attrGet('src') ?? '');
        add.picture({ ...markdown.spotOf(token), src, alt: token.content });
        if (open) open.text += token.content;
      } else if (token.type === 'link_close' && open) {
        add.link(open);
        open = undefined;
      } else if (open) open.text += token.content;
    }
    if (block.children)
      add.passage({ ...markdown.spotOf(block), text: wordsOf(block.children), kind: 'markdown' });
  }
}

/** Stands for code and addresses, which are no words. */
const ELSEWHERE = ' \u2026 ';

function wordsOf(tokens: readonly Token[]): string {
  let words = '';
  let address = false;
  for (const { type, content, info } of tokens) {
    if (type === 'link_open') address = info === 'auto';
    else if (type === 'link_close') address = false;
    else if (type === 'code_inline' || address) words += ELSEWHERE;
    else words += type === 'softbreak' || type === 'hardbreak' ? ' ' : content;
  }
  return words;
}
