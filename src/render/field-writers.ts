import { dateView, type Locale } from './date-view.js';
import type { FieldWriter } from './field-visitor.js';
import { safeHtml } from './handlebars.js';
import type { Addresses, Markdown } from './markdown.js';
import { type MergeScope, mergeText } from './merge.js';
import type { PictureView } from './pictures.js';
import { type Footnotes, plainText } from './plain.js';
import { TEXT_WIDTH, wrap } from './wrap.js';

export interface FormOptions extends Addresses {
  readonly locale: Locale;
  /** A picture as templates show it. */
  view(source: string): PictureView;
}

/** Fields as HTML, for the mail and for the web. */
export function htmlWriter(markdown: Markdown, scope: MergeScope, options: FormOptions): FieldWriter {
  return {
    markdown: (text) => safeHtml(markdown.html(text, options)),
    text: (text) => keepEmoji(mergeText(text, scope)),
    url: (url) => options.link(mergeText(url, scope)),
    picture: (source) => options.view(source),
    moment: (iso) => dateView(iso, options.locale),
  };
}

/**
 * Fields as plain text; the links of Markdown go into the notes at the end of the section.
 * @param inset by how many columns the template of the section indents what belongs to an item of a list.
 */
export function textWriter(
  markdown: Markdown,
  scope: MergeScope,
  options: FormOptions,
  notes: () => Footnotes,
  inset = 2,
): FieldWriter {
  const isItem = (path: readonly (string | number)[]) => path.includes('items');
  const width = (path: readonly (string | number)[]) => TEXT_WIDTH - (isItem(path) ? inset : 0);
  const hanging = (text: string) => wrap(text, TEXT_WIDTH - inset).replaceAll('\n', `\n${' '.repeat(inset)}`);
  return {
    ...htmlWriter(markdown, scope, options),
    text: (text, path) => (isItem(path) ? hanging(mergeText(text, scope)) : mergeText(text, scope)),
    markdown: (text, path) => plainText(markdown.tokens(text, options), notes(), width(path)),
  };
}

/** An emoji at the end of a line of text stays with the word before it. */
function keepEmoji(text: string): string {
  return text.replace(
    / (?=\p{Extended_Pictographic}[\p{Emoji_Modifier}\p{Emoji_Component}\p{Extended_Pictographic}]*$)/u,
    '\u00a0',
  );
}
