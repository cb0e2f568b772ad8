import type { Issue } from '../issue/issue.js';
import { sectionType } from '../templates/table.js';
import { visitFields } from './field-visitor.js';
import { pictureSource } from './markdown/addresses.js';
import { parseMarkdown } from './markdown/parse-markdown.js';
import type { MergeValues } from './merge-text.js';

/** Markdown without this contains no image. */
const PICTURE = '![';

/**
 * Distinct image sources of an issue. Faster than building the outline.
 * @param snippets Markdown by name
 */
export function pictureSources(
  { sections }: Pick<Issue, 'sections'>,
  values: MergeValues,
  snippets: ReadonlyMap<string, string>,
): string[] {
  const inSnippets = [...snippets.values()].some((text) => text.includes(PICTURE));
  const mayShow = (text: string) => text.includes(PICTURE) || (inSnippets && text.includes('{{'));
  const sources: string[] = [];
  for (const section of sections) {
    visitFields(sectionType(section.type).schema, section, (kind, text) => {
      if (kind === 'picture') sources.push(text);
      if (kind === 'markdown' && mayShow(text)) sources.push(...picturesIn(text, values));
    });
  }
  return [...new Set(sources)];
}

function picturesIn(text: string, values: MergeValues): string[] {
  const tokens = parseMarkdown(text, values).tokens.flatMap(({ children }) => children ?? []);
  return tokens.filter(({ type }) => type === 'image').map(pictureSource);
}
