import type { Addresses } from '../../src/render/markdown/addresses.js';
import {
  markdownHtml,
  type ParsedMarkdown,
  parseMarkdown,
} from '../../src/render/markdown/parse-markdown.js';
import { Markers } from '../../src/render/markers.js';
import { mergeValues } from '../../src/render/merge-text.js';
import { Footnotes, plainText } from '../../src/render/plain.js';
import type { SourceOffset } from '../../src/render/source-offset.js';
import type { TextFindings } from '../../src/render/text-findings.js';

type Snippets = Readonly<Record<string, string>>;

const CONSTANTS = { newsletter: { name: 'N & M', url: 'https://n.example' }, issue: { number: 3 } };
const ADDRESSES: Addresses = { picture: (src: string) => ({ src }), link: (href: string) => href };

interface Written {
  /** Merge fields are shown as [name] or [name|fallback]. */
  readonly text: string;
  readonly notes: string;
  readonly problems: readonly string[];
}

function parse(source: string, snippets: Snippets) {
  const markers = new Markers('');
  const values = mergeValues(markers, CONSTANTS, new Map(Object.entries(snippets)));
  const parsed = parseMarkdown(source, values);
  const show = (text: string) =>
    markers.resolve(text, ({ name, fallback }) =>
      fallback === undefined ? `[${name}]` : `[${name}|${fallback}]`,
    );
  return { parsed, show, problems: problemsIn(parsed) };
}

function problemsIn({ findings }: ParsedMarkdown): string[] {
  return findings.problems.map(({ source, message }) => `${source} ${message}`);
}

/** A Markdown text as HTML. */
export function asHtml(source: string, snippets: Snippets = {}, addresses = ADDRESSES): Written {
  const { parsed, show, problems } = parse(source, snippets);
  return { text: show(markdownHtml(parsed, addresses)).trimEnd(), notes: '', problems };
}

/** A Markdown text as plain text, with the list of its links. */
export function asText(source: string, snippets: Snippets = {}, width = 72): Written {
  const { parsed, show, problems } = parse(source, snippets);
  const notes = new Footnotes(1);
  const text = show(plainText(parsed.tokens, notes, width));
  return { text, notes: show(String(notes)), problems };
}

/** What is found in a Markdown text, with its places. */
export function findingsIn(source: string, snippets: Snippets = {}): ParsedMarkdown['findings'] {
  return parse(source, snippets).parsed.findings;
}

/** What is noted of a Markdown text that readers do not get as it was meant. */
export function flawsIn(source: string, snippets: Snippets = {}): TextFindings<SourceOffset>['flaws'] {
  return findingsIn(source, snippets).flaws;
}
