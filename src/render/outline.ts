import type { Path } from '../document/document.js';
import { pictureSource } from './markdown/addresses.js';
import type { ParsedMarkdown, Token } from './markdown/parse-markdown.js';
import type { Markers } from './markers.js';
import type { PictureFile } from './pictures.js';
import type { FieldWriter, SectionReading } from './read-sections.js';
import type { SourceLocation, SourceOffset } from './source-offset.js';
import type { Flaw } from './text-findings.js';

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
  readonly flaws: readonly (Flaw & SourceLocation)[];
}

export function outlineOf(sections: readonly SectionReading[], markers: Markers): Outline {
  const links: Link[] = [];
  const pictures: Picture[] = [];
  const passages: Passage[] = [];
  const add: Collector = {
    link: (found) => {
      const href = markers.plain(found.href);
      const open = markers.beginsOpen(found.href);
      links.push({ ...found, href, personal: href !== found.href, open });
    },
    picture: (found) => pictures.push(found),
    passage: (found) => passages.push({ ...found, text: markers.plain(found.text) }),
  };
  const start = { offset: 0 };
  const writer: FieldWriter = {
    markdown: (text, path) => walk(text, path, add),
    text: (text, path) => add.passage({ path, ...start, text, kind: 'text' }),
    url: (href, path) => add.link({ path, ...start, href, text: undefined }),
    picture: (src, path) => add.picture({ path, ...start, src, alt: undefined }),
    moment: () => undefined,
  };
  for (const { fields } of sections) for (const field of fields) field.write(writer);
  return { passages, links, pictures, flaws: sections.flatMap(({ findings }) => findings.flaws) };
}

interface Collector {
  link(found: Omit<Link, 'personal' | 'open'>): void;
  picture(found: Picture): void;
  passage(found: Passage): void;
}

function walk({ tokens, offsetOf }: ParsedMarkdown, path: Path, add: Collector): void {
  for (const block of tokens) {
    let open: (SourceOffset & { href: string; text: string }) | undefined;
    for (const token of block.children ?? []) {
      if (token.type === 'link_open') {
        open = { ...offsetOf(token), href: String(token.attrGet('href') ?? ''), text: '' };
      } else if (token.type === 'image') {
        add.picture({ path, ...offsetOf(token), src: pictureSource(token), alt: token.content });
        if (open) open.text += token.content;
      } else if (token.type === 'link_close' && open) {
        add.link({ path, ...open });
        open = undefined;
      } else if (open) open.text += token.content;
    }
    if (block.children)
      add.passage({ path, ...offsetOf(block), text: wordsOf(block.children), kind: 'markdown' });
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
