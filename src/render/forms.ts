import Handlebars from 'handlebars';
import type { Addresses, Markdown } from './markdown.js';
import { type MergeScope, mergeText } from './merge.js';
import { type Locale, momentView } from './moment.js';
import { type Footnotes, plainText } from './plain.js';
import type { FieldWriter } from './view.js';
import { TEXT_WIDTH } from './wrap.js';

export interface FormOptions extends Addresses {
  readonly locale: Locale;
}

/** Fields as HTML, for the mail and for the web. */
export function htmlWriter(markdown: Markdown, scope: MergeScope, options: FormOptions): FieldWriter {
  return {
    markdown: (text) => new Handlebars.SafeString(markdown.html(text, options)),
    text: (text) => keepEmoji(mergeText(text, scope)),
    url: (url) => options.link(mergeText(url, scope)),
    picture: (source) => options.picture(source),
    moment: (iso) => momentView(iso, options.locale),
  };
}

/** Fields as plain text; the links of Markdown go into the notes at the end of the section. */
export function textWriter(
  markdown: Markdown,
  scope: MergeScope,
  options: FormOptions,
  notes: () => Footnotes,
): FieldWriter {
  return {
    ...htmlWriter(markdown, scope, options),
    text: (text) => mergeText(text, scope),
    markdown: (text, path) => plainText(markdown.tokens(text, options), notes(), widthAt(path)),
  };
}

/** What belongs to an item of a list is indented by two columns. */
function widthAt(path: readonly (string | number)[]): number {
  return path.includes('items') ? TEXT_WIDTH - 2 : TEXT_WIDTH;
}

/** An emoji at the end of a line of text stays with the word before it. */
function keepEmoji(text: string): string {
  return text.replace(
    / (?=\p{Extended_Pictographic}[\p{Emoji_Modifier}\p{Emoji_Component}\p{Extended_Pictographic}]*$)/u,
    '\u00a0',
  );
}
