import type { Issue } from '../issue/issue.js';
import { type Section, sectionType } from '../templates/table.js';
import { filledField } from './compose.js';
import { htmlContexts } from './contexts.js';
import type { Markers } from './markers.js';
import { minifyHtml } from './minify.js';
import type { HtmlPart } from './rendered.js';
import type { SlotContext, Slotted } from './slots.js';

/** End of the head in the layout. */
const HEAD_END = '</head>';

/** Turns MJML output into the email HTML, whole and in parts, with slots. */
export function finishMail(
  issue: Pick<Issue, 'sections'>,
  marked: string,
  markers: Markers,
): { html: Slotted; parts: HtmlPart[] } {
  const { html, marks } = finishHtml(marked, markers.mark);
  const contextAt = htmlContexts(html);
  return { html: markers.split(html, contextAt), parts: partsOf(issue, html, marks, markers, contextAt) };
}

/**
 * Minifies the MJML output and removes the section markers. Merges adjacent conditional comments at the
 * markers, as MJML does without them.
 * @returns the HTML without markers, and the offsets where they were.
 */
export function finishHtml(marked: string, mark: string): { html: string; marks: number[] } {
  const minified = minifyHtml(marked.replaceAll(mark, `<!--${mark}-->`));
  const [first = '', ...rest] = minified
    .split(`<!--${mark}-->`)
    .map((piece, index, { length }) => trimmed(piece, index > 0, index < length - 1));
  const marks: number[] = [];
  let html = first;
  for (const piece of rest) {
    const meeting = html.endsWith(CLOSES) && piece.startsWith(OPENS);
    if (meeting) html = html.slice(0, -CLOSES.length);
    marks.push(html.length);
    html += meeting ? piece.slice(OPENS.length) : piece;
  }
  return { html, marks };
}

function trimmed(piece: string, start: boolean, end: boolean): string {
  const begun = start ? piece.trimStart() : piece;
  return end ? begun.trimEnd() : begun;
}

const OPENS = '<!--[if mso | IE]>';
const CLOSES = '<![endif]-->';

/**
 * Assigns each part of the HTML to a section or the layout.
 * @param marks starts of the sections and end of the last one. A custom layout may lack some.
 */
function partsOf(
  issue: Pick<Issue, 'sections'>,
  html: string,
  marks: readonly number[],
  markers: Markers,
  contextAt: (offset: number) => SlotContext,
): HtmlPart[] {
  const head = html.indexOf(HEAD_END) + HEAD_END.length;
  const complete = marks.length === issue.sections.length + 1;
  const sections = complete
    ? issue.sections.map((fields, section) => ({ name: fields.type, section, ...titleOf(fields) }))
    : [];
  const names = complete ? [{ name: 'masthead' }, ...sections, { name: 'footer' }] : [{ name: 'body' }];
  const starts = [0, head, ...(complete ? marks : []), html.length];
  return [{ name: 'head and styles' }, ...names].map((name, index) => {
    const [start, end] = [starts[index] ?? 0, starts[index + 1] ?? 0];
    return { ...name, html: markers.split(html.slice(start, end), (offset) => contextAt(start + offset)) };
  });
}

function titleOf(section: Section): { title?: string } {
  const title = filledField(sectionType(section.type).names, section);
  return typeof title === 'string' ? { title } : {};
}
