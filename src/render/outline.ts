import type { Path } from '../document/document.js';
import { pictureSource } from './markdown/addresses.js';
import type { ParsedMarkdown, Token } from './markdown/parse-markdown.js';
import type { Markers } from './markers.js';
import type { PictureFile } from './pictures.js';
import type { FieldWriter, SectionReading } from './read-sections.js';
import type { SourceLocation, SourceOffset } from './source-offset.js';
import type { Flaw } from './text-findings.js';

export interface Link extends SourceLocation {
  /** Target without tags, with fallback values for merge fields. */
  readonly href: string;
  /** Visible text of a Markdown link; undefined if the text is a separate field. */
  readonly text: string | undefined;
  /** Contains a merge field, so it may differ per reader. */
  readonly personal: boolean;
  /** Begins with a merge field without a fallback, so only the list determines the target. */
  readonly open: boolean;
}

export interface Picture extends SourceLocation {
  /** Path relative to issues/, or a URL. */
  readonly src: string;
  /** Alt text of a Markdown image; undefined if it is a separate field. */
  readonly alt: string | undefined;
  /** Undefined for a remote or missing image. */
  readonly file?: PictureFile;
}

/** Visible text without code and URLs: a Markdown block, or a one-line field. */
export interface Passage extends SourceLocation {
  readonly text: string;
  readonly kind: 'markdown' | 'text';
}

/** Texts, links and images of the sections, in order. */
export interface Outline {
  readonly passages: readonly Passage[];
  readonly links: readonly Link[];
  readonly pictures: readonly Picture[];
  /** Parts of the Markdown that readers would not see as intended. */
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

/** Placeholder for code and URLs, which are not words. */
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
