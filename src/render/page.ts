import type { Newsletter } from '../config/load.js';
import { htmlSections, type SectionHtml, type View } from './compose.js';
import { htmlContexts } from './contexts.js';
import type { Engine } from './engine.js';
import { htmlWriter } from './field-writers.js';
import { fillText } from './fill.js';
import type { PictureView } from './pictures.js';
import type { SectionReading } from './read-sections.js';
import type { RenderContext } from './render-context.js';

/** Inputs of a web page. */
export interface PageOptions {
  readonly newsletter: Newsletter;
  readonly context: RenderContext;
  readonly sections: readonly SectionReading[];
  readonly engine: Engine;
  /** View of an image on the page. */
  readonly picture: (source: string) => PictureView;
  /** Whether headings link to themselves. Default: no. */
  readonly linked?: boolean;
}

/** Web page of an issue, with fallback values for merge fields. */
export interface Page {
  readonly title: string;
  readonly preheader: string;
  /** HTML of each section. */
  readonly sections: readonly SectionHtml[];
  /** The whole page. @param site values of the archive */
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
