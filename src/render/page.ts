import type { Newsletter } from '../config/load.js';
import { htmlSections, type SectionHtml, type View } from './compose.js';
import { htmlContexts } from './contexts.js';
import type { Engine } from './engine.js';
import { htmlWriter } from './field-writers.js';
import { fillText } from './fill.js';
import type { PictureView } from './pictures.js';
import type { SectionReading } from './read-sections.js';
import type { RenderContext } from './render-context.js';

/** What a web page is made of. */
export interface PageOptions {
  readonly newsletter: Newsletter;
  readonly context: RenderContext;
  readonly sections: readonly SectionReading[];
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
  readonly sections: readonly SectionHtml[];
  /** The whole page. @param site what it shows of the archive that it stands in */
  html(site?: View): string;
}

export function pageOf({ newsletter, context, sections, engine, picture, linked }: PageOptions): Page {
  const { markers, head } = context;
  const shared = context.shared((source) => picture(source).url);
  const writer = htmlWriter({
    locale: newsletter.config.newsletter,
    link: (href) => href,
    view: picture,
    picture: (source) => picture(source).attributes(),
  });
  const filled = (html: string) =>
    markers.isIn(html) ? fillText(markers.split(html, htmlContexts(html)), {}) : html;
  const written = htmlSections(sections, markers, engine, () => writer, shared, linked).map((section) => ({
    ...section,
    html: filled(section.html),
  }));
  const body = () => written.map(({ html }) => html).join('\n');
  const layout = (site: View | undefined) =>
    engine.layout({ ...shared, preheader: head.preheader, sections: markers.mark, site });
  return {
    title: markers.plain(head.title),
    preheader: markers.plain(head.preheader),
    sections: written,
    html: (site) => filled(layout(site)).replaceAll(markers.mark, body),
  };
}
