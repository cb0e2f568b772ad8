import type { Issue } from '../issue/issue.js';
import { sectionTypes } from '../templates/table.js';
import { type FieldWriter, viewOf } from './field-visitor.js';
import type { Addresses } from './markdown.js';
import type { RenderContext } from './render-context.js';

/** Markdown without it shows no picture. */
const PICTURE = '![';

/** The sources of the pictures that an issue shows, once each; quicker than its whole outline. */
export function pictureSources(
  issue: Issue,
  { scope, markdown }: Pick<RenderContext, 'scope' | 'markdown'>,
  snippets: ReadonlyMap<string, string>,
): string[] {
  const inSnippets = [...snippets.values()].some((text) => text.includes(PICTURE));
  const mayShow = (text: string) => text.includes(PICTURE) || (inSnippets && text.includes('{{'));
  const sources = new Set<string>();
  const addresses: Addresses = {
    link: (href) => href,
    picture: (src) => {
      sources.add(src);
      return { src };
    },
  };
  const nothing = () => undefined;
  const writer: FieldWriter = {
    markdown: (text) => {
      if (mayShow(text)) markdown.tokens(text, addresses);
    },
    picture: (source) => void sources.add(source),
    text: nothing,
    url: nothing,
    moment: nothing,
  };
  for (const [index, section] of issue.sections.entries()) {
    const schema = sectionTypes.find((type) => type.name === section.type)?.schema;
    if (schema) viewOf(schema, section, writer, (field) => scope.visit(field), ['sections', index]);
  }
  return [...sources];
}
