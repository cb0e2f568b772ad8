import type { Issue } from '../issue/issue.js';
import type { SectionType } from '../templates/section.js';
import { sectionTypes } from '../templates/table.js';
import { createAnchors } from './anchors.js';
import type { Engine } from './engine.js';
import { type FieldWriter, viewOf } from './field-visitor.js';
import { Footnotes } from './plain.js';
import { endOf } from './scan.js';
import type { RenderScope } from './scope.js';
import { wrap } from './wrap.js';

export type View = Record<string, unknown>;

/** One section of the mail or the web page. */
export interface SectionHtml {
  readonly type: string;
  /** The id of its element, where its template gives it one. */
  readonly anchor: string;
  /** Heading or name as a reader sees it; undefined where it has neither. */
  readonly heading: string | undefined;
  readonly html: string;
}

/**
 * Fills the templates of the sections of the mail or the web page.
 * @param linked whether each heading is a link to itself
 */
export function htmlSections(
  issue: Issue,
  scope: RenderScope,
  engine: Engine,
  writerFor: (type: SectionType) => FieldWriter,
  shared: View,
  linked = false,
): SectionHtml[] {
  const anchorOf = createAnchors();
  return sectionViews(issue, scope, writerFor).map(({ type, view }, index) => {
    const named = view.heading ?? view.name;
    const heading = named === undefined ? undefined : scope.plain(String(named));
    const anchor = anchorOf(heading ?? type, type, index);
    const html = engine.section(type, { ...view, anchor, linked, theme: shared.theme, start: shared.start });
    return { type, anchor, heading, html };
  });
}

/** Fills the templates of the text part; the links of a section stand below it. */
export function textForm(
  issue: Issue,
  scope: RenderScope,
  engine: Engine,
  writerFor: (type: SectionType, notes: () => Footnotes) => FieldWriter,
  title: string,
  shared: View,
): { text: string; sections: string[] } {
  let notes = new Footnotes(1);
  const sections = issue.sections.map((section, index) => {
    notes = new Footnotes(notes.next);
    const writer = (type: SectionType) => writerFor(type, () => notes);
    const [one] = sectionViews({ ...issue, sections: [section] }, scope, writer, index);
    const body = engine.section(section.type, { ...one?.view, theme: shared.theme });
    return [tidy(body), String(notes)].filter((part) => part !== '').join('\n\n');
  });
  const layout = engine.layout({ ...shared, sections: sections.join('\n\n\n'), title: wrap(title) });
  return { text: `${tidy(layout)}\n`, sections };
}

/** At most one empty line between paragraphs, two between sections, no space at the end of a line. */
function tidy(text: string): string {
  const lines = text.split('\n').map((line) => line.slice(0, endOf(line, ' \t')));
  const tidied = lines.join('\n').replace(/\n{4,}/g, '\n\n\n');
  return tidied.slice(0, endOf(tidied, '\n')).replace(/^\n+/, '');
}

function sectionViews(
  issue: Pick<Issue, 'sections'>,
  scope: RenderScope,
  writerFor: (type: SectionType) => FieldWriter,
  first = 0,
): { type: string; view: View }[] {
  return issue.sections.map((section, index) => {
    const type = sectionTypes.find(({ name }) => name === section.type);
    const path = ['sections', first + index];
    const view = type
      ? viewOf(type.schema, section, writerFor(type), (field) => scope.visit(field), path)
      : {};
    return { type: section.type, view: view as View };
  });
}
