import Handlebars from 'handlebars';
import { createMarkdown } from './markdown.js';
import { type MergeScope, mergeText } from './merge.js';
import { type Locale, momentView } from './moment.js';
import { type Footnotes, plainText } from './plain.js';
import type { FieldWriter } from './view.js';

export interface FormOptions {
  readonly locale: Locale;
  picture(source: string): string;
  link(href: string): string;
}

/** Fields as HTML, for the mail and for the web. */
export function htmlWriter(scope: MergeScope, options: FormOptions): FieldWriter {
  const markdown = createMarkdown(scope, options);
  return {
    markdown: (text) => new Handlebars.SafeString(markdown.html(text)),
    text: (text) => mergeText(text, scope),
    url: (url) => options.link(mergeText(url, scope)),
    picture: (source) => options.picture(source),
    moment: (iso) => momentView(iso, options.locale),
  };
}

/** Fields as plain text; the links of Markdown go into the notes at the end of the section. */
export function textWriter(scope: MergeScope, options: FormOptions, notes: () => Footnotes): FieldWriter {
  const markdown = createMarkdown(scope, options);
  return {
    ...htmlWriter(scope, options),
    markdown: (text) => plainText(markdown.tokens(text), notes()),
  };
}
