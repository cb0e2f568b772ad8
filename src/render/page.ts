import type { Newsletter } from '../config/load.js';
import type { Issue } from '../issue/issue.js';
import type { SectionType } from '../templates/section.js';
import { htmlSections, type SectionHtml, type View } from './compose.js';
import { htmlContexts } from './contexts.js';
import type { Engine } from './engine.js';
import { htmlWriter } from './field-writers.js';
import { fillText } from './fill.js';
import type { PictureView } from './pictures.js';
import { forType, type RenderContext } from './render-context.js';

/** What a web page is made of. */
export interface PageOptions {
  readonly issue: Issue;
  readonly newsletter: Newsletter;
  readonly tools: RenderContext;
  readonly engine: Engine;
  /** A picture as the page shows it. */
  readonly picture: (source: string) => PictureView;
  /** Whether each heading is a link to itself; default: no. */
  readonly linked?: boolean;
}

/** The page of an issue: nothing personal, merge fields show their fallbacks. */
export interface Page {
  readonly title: string;
  readonly preheader: string;
  /** Each section by itself, as it stands in the page. */
  sections(): SectionHtml[];
  /** The whole page. @param site what it shows of the archive that it stands in */
  html(site?: View): string;
}

export function pageOf({ issue, newsletter, tools, engine, picture, linked }: PageOptions): Page {
  const { scope, markdown, markers, head } = tools;
  const shared = tools.shared((source) => picture(source).url);
  const options = forType(({ level }) => ({
    locale: newsletter.config.newsletter,
    link: (href) => href,
    view: picture,
    picture: (source) => picture(source).attributes(),
    level,
  }));
  const writer = (type: SectionType) => htmlWriter(markdown, scope, options(type));
  const written = htmlSections(issue, scope, engine, writer, shared, linked);
  const filled = (html: string) =>
    markers.isIn(html) ? fillText(markers.split(html, htmlContexts(html)), {}) : html;
  let done: SectionHtml[] | undefined;
  const sections = () => {
    done ??= written.map((section) => ({ ...section, html: filled(section.html) }));
    return done;
  };
  const body = () =>
    sections()
      .map(({ html }) => html)
      .join('\n');
  const layout = (site: View | undefined) =>
    engine.layout({ ...shared, preheader: head.preheader, sections: markers.mark, site });
  return {
    title: scope.plain(head.title),
    preheader: scope.plain(head.preheader),
    sections,
    html: (site) => filled(layout(site)).replaceAll(markers.mark, body),
  };
}
