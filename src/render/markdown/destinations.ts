import type { MarkdownIt } from 'markdown-it';

const FIELD = /\{\{[^{}\n]*\}\}/g;

/**
 * Reads the addresses of links in one text, in which merge fields may be: between their braces may be what would end an
 * address, such as spaces, quotes and brackets.
 */
export function destinationReader({
  helpers: { parseLinkDestination },
  utils,
}: Pick<MarkdownIt, 'helpers' | 'utils'>): MarkdownIt['helpers']['parseLinkDestination'] {
  // The parser hands over the whole text for every link in it, so its merge fields are looked for only once.
  const masks = new Map<string, string>();
  const maskOf = (text: string) => {
    const mask = masks.get(text) ?? text.replace(FIELD, (field) => 'x'.repeat(field.length));
    masks.set(text, mask);
    return mask;
  };
  return (text, start, max) => {
    const masked = maskOf(text);
    const found = parseLinkDestination(masked, start, max);
    if (!found.ok) return found;
    const inner = masked[start] === '<' ? text.slice(start + 1, found.pos - 1) : text.slice(start, found.pos);
    return { ...found, str: utils.unescapeAll(inner) };
  };
}
