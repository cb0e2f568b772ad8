import { DateTime } from 'luxon';
import { z } from 'zod';
import { invisibleIn, tidyAddress, withoutInvisible } from '../text/address.js';
import { described } from '../text/described.js';
import { zoneProblem } from './zoned-time.js';

/** How the renderer treats a field. */
export type FieldKind =
  /** Markdown, rendered as HTML or wrapped text. */
  | 'markdown'
  /** One line of plain text. */
  | 'text'
  /** A URL that readers can open. */
  | 'url'
  /** An image: a path relative to issues/, or a URL. */
  | 'picture'
  /** An ISO 8601 date, or date and time. */
  | 'moment';

/** What an author writes as the value of each kind. */
export const FIELD_VALUES: Readonly<Record<FieldKind, string>> = {
  markdown: 'Markdown',
  text: 'one line of text',
  url: 'web address',
  picture: 'path relative to issues/, or web address of an image',
  moment: 'date, or date and time',
};

/** The kind of each text field. The renderers look it up to produce the value for each form. */
export const fieldKinds = z.registry<{ kind: FieldKind }>();

/** A mapping in which an unknown key is an error. */
export const object = z.strictObject;

// What a field is for, and what an author might write, is required: editors and `obn guide` show it.

export const markdown = (about: string, ...examples: string[]) =>
  z
    .string()
    .trim()
    .min(1)
    .meta(described(about, ...examples))
    .register(fieldKinds, { kind: 'markdown' });

export const text = (about: string, ...examples: string[]) =>
  z
    .string()
    .trim()
    .min(1)
    .refine((value) => !/\p{Cc}/u.test(value), 'must be one line')
    .meta(described(about, ...examples))
    .register(fieldKinds, { kind: 'text' });

/** A URL as typed or pasted. */
const address = () =>
  z
    .string()
    .overwrite(tidyAddress)
    .refine((text) => invisibleIn(text) === undefined, {
      error: ({ input }) => hiddenIn(String(input)),
      abort: true,
    });

function hiddenIn(text: string): string {
  return `contains the invisible character ${invisibleIn(text)}: write ${withoutInvisible(text)}`;
}

export const url = (about: string, ...examples: string[]) =>
  address()
    .refine(isReachable, 'must be a URL that begins with https://, http:// or mailto:')
    .meta(described(about, ...examples))
    .register(fieldKinds, { kind: 'url' });

export const picture = (about: string, ...examples: string[]) =>
  address()
    .min(1)
    .refine(isPicture, 'must be a path relative to issues/, such as images/photo.png, or a URL')
    .meta(described(about, ...examples))
    .register(fieldKinds, { kind: 'picture' });

export const moment = (about: string, ...examples: string[]) =>
  timeText('must be a date, such as 2026-12-01, or a date and time, such as 2026-12-01T09:00')
    .meta(described(about, ...examples))
    .register(fieldKinds, { kind: 'moment' });

/** A date or time. `otherwise` is the error text for any other value. */
export function timeText(otherwise: string) {
  const problem = (value: string) => (isMoment(value.replace(/\[.*$/, '')) ? zoneProblem(value) : otherwise);
  return z
    .string()
    .refine((value) => problem(value) === undefined, { error: ({ input }) => problem(String(input)) });
}

const IMAGE_EXAMPLE = 'images/diagram.png';

/** The fields of an image. */
export const imageFields = () => ({
  src: picture('The image: a path relative to `issues/`, or a URL.', IMAGE_EXAMPLE),
  alt: text('What the image shows, for readers who do not see it.', 'Requests rise until noon, then stop'),
  caption: text('A line below the image.', 'Monday, in requests per second').optional(),
  href: url('Where the image links to.', 'https://example.com/report').optional(),
});

export const image = (about: string) => object(imageFields()).meta(described(about));

/** The fields of a quotation. */
export const quoteFields = () => ({
  text: text('The words that are quoted, without quotation marks.', 'Everything fails, all the time.'),
  by: text('Who said or wrote it.', 'Werner Vogels').optional(),
  url: url('Where it was said or written.', 'https://www.allthingsdistributed.com').optional(),
});

export const quote = (about: string) => object(quoteFields()).meta(described(about));

/** The common forms of a date or time, which can be validated without Luxon. */
const USUAL = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?$/;

export function isMoment(value: string): boolean {
  return isUsualMoment(value) || isAnyMoment(value);
}

function isUsualMoment(value: string): boolean {
  if (!USUAL.test(value)) return false;
  const moment = new Date(value.includes('T') ? `${value}Z` : value);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value);
}

function isAnyMoment(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) && DateTime.fromISO(value, { zone: 'utc' }).isValid;
}

/** Merge fields count as valid URL text. */
function isReachable(value: string): boolean {
  const plain = value.replace(/^\{\{[^{}]*\}\}/, 'https://x.example').replace(/\{\{[^{}]*\}\}/g, 'x');
  if (/[\s\p{Cc}]/u.test(plain) || !URL.canParse(plain)) return false;
  return ['https:', 'http:', 'mailto:'].includes(new URL(plain).protocol);
}

function isPicture(value: string): boolean {
  if (/^https?:\/\//i.test(value)) return URL.canParse(value);
  return !/[\p{Cc}\\:]/u.test(value) && !value.startsWith('/') && !value.split('/').includes('..');
}
