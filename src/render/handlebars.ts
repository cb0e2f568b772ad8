import { createRequire } from 'node:module';
import type Handlebars from 'handlebars';
import { type DateView, period } from './date-view.js';
import { PictureView } from './pictures.js';
import { columns, indent, TEXT_WIDTH, wrap } from './wrap.js';

const require = createRequire(import.meta.url);

/** Handlebars without its compiler, which loads several times faster. Both have the same types. */
const runtime = require('handlebars/runtime') as typeof Handlebars;

/** HTML that templates insert unescaped. */
export function safeHtml(html: string): Handlebars.SafeString {
  return new runtime.SafeString(html);
}

/** Attributes that fit an image into a square without distortion. An image of unknown size fills it. */
function within(picture: unknown, side: number): string {
  const { width = side, height = side } = picture instanceof PictureView ? picture : {};
  const scale = side / Math.max(width, height);
  const scaled = (length: number) => Math.max(1, Math.round(length * scale));
  return `width="${scaled(width)}" height="${scaled(height)}"`;
}

/** A separate Handlebars instance with the helpers for templates. */
export function createHandlebars({ compiler }: { compiler: boolean }): typeof Handlebars {
  const handlebars = (compiler ? (require('handlebars') as typeof Handlebars) : runtime).create();
  handlebars.registerHelper({
    or: (a: unknown, b: unknown) => Boolean(a || b),
    and: (a: unknown, b: unknown) => Boolean(a && b),
    period: (starts: DateView, ends: DateView | undefined) => period(starts, ends),
    hostname: (url: string) => new URL(url).host,
    fit: (picture: unknown, side: number) => safeHtml(within(picture, side)),
    upper: (text: string) => text.toUpperCase(),
    rule: () => '-'.repeat(TEXT_WIDTH),
    lines: (text: string) =>
      new handlebars.SafeString(text.split('\n').map(handlebars.escapeExpression).join('<br>')),
    heading_underlined: (text: string) => {
      const wrapped = wrap(text);
      const longest = Math.max(...wrapped.split('\n').map(columns));
      return `${wrapped}\n${'='.repeat(longest)}`;
    },
    wrapped: (...parts: unknown[]) => wrap(parts.slice(0, -1).join('')),
    hanging: (text: string, columns: number) => indent(wrap(text, TEXT_WIDTH - columns), ' '.repeat(columns)),
    indent: (text: string, columns: number) => indent(text, ' '.repeat(columns)),
    quoted: (text: string) => indent(wrap(`“${text}”`, TEXT_WIDTH - 2), '  '),
  });
  return handlebars;
}
