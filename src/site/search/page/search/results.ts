import { element } from './elements.js';
import { type Excerpt, mark, type Piece } from './excerpt.js';
import type { Hit } from './service.js';

/** A result: a link to the issue with its date. */
export function issueLink({ issue, words }: Hit, language: string): HTMLLIElement {
  const [number, title, date, url] = issue;
  const meta = element(
    'span',
    { class: 'search-meta' },
    element('bdi', {}, `#${number}`),
    ' · ',
    element('time', { datetime: date }, dateText(date, language)),
  );
  const name = element('strong', { dir: 'auto' }, ...pieces(mark(title, words)));
  return element('li', {}, element('a', { href: url }, meta, name));
}

/** Adds the excerpt and links to its section. */
export function showExcerpt(item: HTMLElement, url: string, { anchor, heading, text }: Excerpt): void {
  const link = item.querySelector('a');
  if (!link) return;
  link.href = anchor === '' ? url : `${url}#${anchor}`;
  if (heading.length > 0)
    link.append(element('span', { class: 'search-heading', dir: 'auto' }, ...pieces(heading)));
  if (text.length > 0) link.append(element('span', { class: 'search-text', dir: 'auto' }, ...pieces(text)));
}

function pieces(list: readonly Piece[]): (Node | string)[] {
  return list.map(({ text, marked }) => (marked ? element('mark', {}, text) : text));
}

function dateText(date: string, language: string): string {
  const day = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(day);
}
