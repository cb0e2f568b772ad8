import type { SectionType } from '../templates/section.js';
import { createAnchors } from './anchors.js';
import type { Engine } from './engine.js';
import type { Markers } from './markers.js';
import { Footnotes } from './plain.js';
import type { FieldWriter } from './read-sections.js';
import { type SectionReading, writeSection } from './read-sections.js';
import { endOf } from './scan.js';
import { wrap } from './wrap.js';

export type View = Record<string, unknown>;

/** A section of the email or web page. */
export interface SectionHtml {
  readonly type: string;
  /** ID of its element, if its template sets one. */
  readonly anchor: string;
  /** Visible heading or name; undefined if it has neither. */
  readonly heading: string | undefined;
  readonly html: string;
}

/**
 * Fills the section templates of the email or web page.
 * @param linked whether headings link to themselves
 */
export function htmlSections(
  sections: readonly SectionReading[],
  markers: Markers,
  engine: Engine,
  writerFor: (type: SectionType) => FieldWriter,
  shared: View,
  linked = false,
): SectionHtml[] {
  const anchorOf = createAnchors();
  return sections.map((section, index) => {
    const type = section.type.name;
    const view: View = writeSection(section, writerFor(section.type));
    const named = filledField(section.type.headings, view);
    const heading = named === undefined ? undefined : markers.plain(String(named));
    const anchor = anchorOf(heading ?? type, type, index);
    const html = engine.section(type, { ...view, anchor, linked, theme: shared.theme, start: shared.start });
    return { type, anchor, heading, html };
  });
}

/**
 * Fills the templates of the text part. The links of a section are listed below it.
 * @param link adds tracking parameters to a URL
 */
export function textForm(
  sections: readonly SectionReading[],
  engine: Engine,
  writerFor: (type: SectionType, notes: Footnotes) => FieldWriter,
  link: (href: string) => string,
  title: string,
  shared: View,
): { text: string; sections: string[] } {
  let next = 1;
  const texts = sections.map((section) => {
    const notes = new Footnotes(next, link);
    const view = writeSection(section, writerFor(section.type, notes));
    const body = engine.section(section.type.name, { ...view, theme: shared.theme });
    next = notes.next;
    return [tidy(body), String(notes)].filter((part) => part !== '').join('\n\n');
  });
  const layout = engine.layout({ ...shared, sections: texts.join('\n\n\n'), title: wrap(title) });
  return { text: `${tidy(layout)}\n`, sections: texts };
}

/** Limits empty lines to one between paragraphs and two between sections, and removes trailing spaces. */
function tidy(text: string): string {
  const lines = text.split('\n').map((line) => line.slice(0, endOf(line, ' \t')));
  const tidied = lines.join('\n').replace(/\n{4,}/g, '\n\n\n');
  return tidied.slice(0, endOf(tidied, '\n')).replace(/^\n+/, '');
}

/** The value of the first of some fields that is filled; undefined when none is. */
export function filledField(fields: readonly string[], section: Readonly<Record<string, unknown>>): unknown {
  return fields.map((field) => section[field]).find((value) => value !== undefined);
}
