import type { Path } from '../document/document.js';
import { dateView, type Locale } from './date-view.js';
import { isInList } from './field-visitor.js';
import { safeHtml } from './handlebars.js';
import type { Addresses } from './markdown/addresses.js';
import { markdownHtml } from './markdown/parse-markdown.js';
import type { PictureView } from './pictures.js';
import { type Footnotes, plainText } from './plain.js';
import type { FieldWriter } from './read-sections.js';
import { TEXT_WIDTH, wrap } from './wrap.js';

export interface FormOptions extends Addresses {
  readonly locale: Locale;
  /** An image for templates. */
  view(source: string): PictureView;
}

/** Writes fields as HTML, for email and web. */
export function htmlWriter(options: FormOptions): FieldWriter {
  return {
    markdown: (text) => safeHtml(markdownHtml(text, options)),
    text: keepEmoji,
    url: (url) => options.link(url),
    picture: (source) => options.view(source),
    moment: (iso) => dateView(iso, options.locale),
  };
}

/**
 * Writes fields as plain text. Markdown links are listed at the end of the section.
 * @param inset indentation of list items in the section template, in columns
 */
export function textWriter(options: FormOptions, notes: Footnotes, inset: number): FieldWriter {
  const width = (path: Path) => TEXT_WIDTH - (isInList(path) ? inset : 0);
  const hanging = (text: string) => wrap(text, TEXT_WIDTH - inset).replaceAll('\n', `\n${' '.repeat(inset)}`);
  return {
    ...htmlWriter(options),
    text: (text, path) => (isInList(path) ? hanging(text) : text),
    markdown: ({ tokens }, path) => plainText(tokens, notes, width(path)),
  };
}

/** Keeps an emoji on the same line as the preceding word. */
function keepEmoji(text: string): string {
  return text.replace(
    / (?=\p{Extended_Pictographic}[\p{Emoji_Modifier}\p{Emoji_Component}\p{Extended_Pictographic}]*$)/u,
    '\u00a0',
  );
}
