import type { PlacedFlaw } from '../../src/render/flaws.js';
import { createMarkdown } from '../../src/render/markdown.js';
import { Footnotes, plainText } from '../../src/render/plain.js';
import { RenderScope } from '../../src/render/scope.js';
import { Markers } from '../../src/render/slots.js';

type Snippets = Readonly<Record<string, string>>;

const CONSTANTS = { newsletter: { name: 'N & M', url: 'https://n.example' }, issue: { number: 3 } };
const ADDRESSES = { picture: (src: string) => ({ src }), link: (href: string) => href };

interface Written {
  /** Merge fields are shown as [name] or [name|fallback]. */
  readonly text: string;
  readonly notes: string;
  readonly problems: readonly string[];
}

function prepare(snippets: Snippets) {
  const markers = new Markers('');
  const scope = new RenderScope(markers, CONSTANTS, new Map(Object.entries(snippets)));
  const show = (text: string) =>
    markers.resolve(text, ({ name, fallback }) =>
      fallback === undefined ? `[${name}]` : `[${name}|${fallback}]`,
    );
  const problems = () => scope.problems.map(({ source, message }) => `${source} ${message}`);
  return { markdown: createMarkdown(scope), show, problems, scope };
}

/** A Markdown text as HTML. */
export function asHtml(source: string, snippets: Snippets = {}, addresses = ADDRESSES): Written {
  const { markdown, show, problems } = prepare(snippets);
  const text = show(markdown.html(source, addresses)).trimEnd();
  return { text, notes: '', problems: problems() };
}

/** A Markdown text as plain text, with the list of its links. */
export function asText(source: string, snippets: Snippets = {}, width = 72): Written {
  const { markdown, show, problems } = prepare(snippets);
  const notes = new Footnotes(1);
  const text = show(plainText(markdown.tokens(source, ADDRESSES), notes, width));
  return { text, notes: show(String(notes)), problems: problems() };
}

/** What is noted of a Markdown text that readers do not get as it was meant. */
export function flawsIn(source: string, snippets: Snippets = {}): PlacedFlaw[] {
  const { markdown, scope } = prepare(snippets);
  markdown.html(source, ADDRESSES);
  return scope.flaws;
}
