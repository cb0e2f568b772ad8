import { join } from 'node:path';
import type { Newsletter } from '../../config/load.js';
import type { Finding } from '../../findings/finding.js';
import { type Issue, parseIssue } from '../../issue/issue.js';
import type { View } from '../../render/compose.js';
import { type Engine, loadEngine } from '../../render/engine.js';
import { issueUrl } from '../../render/links.js';
import { pageOf } from '../../render/page.js';
import { pictureSources } from '../../render/picture-sources.js';
import { PictureView } from '../../render/pictures.js';
import { readSections } from '../../render/read-sections.js';
import { type RenderContext, readSnippets, renderContextFor } from '../../render/render-context.js';
import { allFindings, type TextFindings } from '../../render/text-findings.js';
import { sectionType, sectionTypes } from '../../templates/table.js';
import { minutesToRead, wordsOf } from '../feeds/html-to-text.js';
import { type IssueFacts, type PageFacts, publishedAt } from '../issue-facts.js';
import { absoluteLinks } from '../links/absolute.js';
import { type IndexedText, indexText } from '../search/text.js';
import type { SiteAddress } from '../site-address.js';

/** Source text of an issue. */
export interface SourceText {
  /** File name in messages. */
  readonly name: string;
  readonly text: string;
}

export type Reading = { readonly facts: IssueFacts } | { readonly findings: readonly Finding[] };

/** An image on a page, with URLs within the site. */
export interface PagePicture {
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
  readonly srcset?: string;
}

/** A page to render. */
export interface PageJob extends SourceText {
  readonly number: number;
  /** Site values for the layout. */
  readonly site: View;
  /** Images of the issue and logos, by source. */
  readonly pictures: Readonly<Record<string, PagePicture>>;
  /** Site address for absolute links in feeds; undefined if the issue is in no feed. */
  readonly feed: SiteAddress | undefined;
}

/** Removed from the search text, which already contains the heading. */
const HEADING = /<h2[\s\S]*?<\/h2>/;

export interface MadePage {
  readonly number: number;
  /** UTF-8. */
  readonly html: Uint8Array;
  readonly facts: PageFacts;
  /** HTML of the sections with absolute URLs, for feeds; undefined without feeds. */
  readonly content: string | undefined;
  readonly indexed: IndexedText;
}

export type Made = MadePage | { readonly findings: readonly Finding[] };

interface OpenIssue {
  readonly issue: Issue;
  readonly context: RenderContext;
}

/** Reads issues and renders their pages one at a time. Shared inputs are loaded once. */
export class PageRenderer {
  /** Issues that were read but not rendered yet. */
  private readonly open = new Map<string, OpenIssue>();

  private constructor(
    private readonly newsletter: Newsletter,
    private readonly engine: Engine,
    private readonly snippets: ReadonlyMap<string, string>,
  ) {}

  /** @throws ObnError when a template or a snippet cannot be read. */
  static async open(newsletter: Newsletter): Promise<PageRenderer> {
    const types = new Set<string>(sectionTypes.map(({ name }) => name));
    const [engine, snippets] = await Promise.all([
      loadEngine('web', types, join(newsletter.root, 'templates')),
      readSnippets(newsletter.root),
    ]);
    return new PageRenderer(newsletter, engine, snippets);
  }

  read(source: SourceText): Reading {
    const opened = this.opened(source);
    if ('findings' in opened) return opened;
    const { issue, context } = opened;
    const { markers, values, head } = context;
    const { number, date, draft } = issue;
    const facts = {
      number,
      title: markers.plain(head.title),
      preheader: markers.plain(head.preheader),
      date,
      published: publishedAt(issue, this.newsletter.config.newsletter.timezone),
      draft,
      pictures: pictureSources(issue, values, this.snippets),
    };
    return { facts };
  }

  /** @throws ObnError when a template cannot be filled. */
  make({ site, pictures, feed, ...source }: PageJob): Made {
    const opened = this.opened(source);
    this.open.delete(source.name);
    if ('findings' in opened) return opened;
    const { issue, context } = opened;
    const read = readSections(issue, context.values);
    const picture = (one: string) => {
      const { url, srcset, ...size } = pictures[one] ?? { url: one };
      const { width, height } = size;
      const image = width && height ? { format: '', width, height } : undefined;
      return new PictureView(url, image, undefined, srcset);
    };
    const { newsletter, engine } = this;
    const page = pageOf({ newsletter, context, sections: read, engine, picture, linked: true });
    const { sections } = page;
    const passages = sections.map(({ anchor, heading, html }) =>
      heading === undefined
        ? { anchor: '', heading: '', text: wordsOf(html) }
        : { anchor, heading, text: wordsOf(html.replace(HEADING, '')) },
    );
    const minutes = minutesToRead(passages.map(({ text }) => text).join('\n'));
    const html = page.html({ ...site, minutes });
    const { problems } = allFindings([context.head.findings, ...read.map(({ findings }) => findings)]);
    if (problems.length > 0) return { findings: problemsOf(issue, problems) };
    const content = () => sections.map((section) => section.html).join('\n');
    return {
      number: issue.number,
      html: Buffer.from(html),
      facts: { minutes, headings: headingsOf(sections) },
      content: feed && absoluteLinks(content(), feed, issueUrl(feed.url, issue.number)),
      indexed: indexText(
        page.title,
        passages.filter(({ heading, text }) => heading !== '' || text !== ''),
      ),
    };
  }

  private opened({ name, text }: SourceText): OpenIssue | { findings: readonly Finding[] } {
    const known = this.open.get(name);
    if (known?.issue.document.text === text) return known;
    const parsed = parseIssue(name, text);
    if ('findings' in parsed) return parsed;
    const { issue } = parsed;
    const opened = { issue, context: renderContextFor(issue, this.newsletter, this.snippets) };
    this.open.set(name, opened);
    return opened;
  }
}

/** Headings for the table of contents. */
function headingsOf(sections: readonly { type: string; anchor: string; heading: string | undefined }[]) {
  return sections.flatMap(({ type, anchor, heading }) =>
    heading !== undefined && sectionType(type).listed ? [{ anchor, heading }] : [],
  );
}

/** Maximum number of reported problems. */
const MOST_PROBLEMS = 200;

function problemsOf({ document }: Issue, problems: TextFindings['problems']): Finding[] {
  return problems
    .slice(0, MOST_PROBLEMS)
    .map(({ path, offset, source, message, rule = 'merge/syntax' }) =>
      document.finding('error', rule, document.inText(path, offset), `${source} ${message}`),
    );
}
