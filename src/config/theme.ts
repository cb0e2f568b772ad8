import { z } from 'zod';
import { colour, oneLine, section } from './fields.js';

const SANS = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const MONO = 'ui-monospace, Menlo, Consolas, monospace';

/** A list of font families; it ends up inside style attributes, which double quotes would end. */
const fonts = oneLine
  .refine((text) => !/[<>{};]/.test(text), 'must be a list of font families')
  .transform((text) => text.replaceAll('"', "'"));

const pixels = (least: number, most: number) => z.number().int().min(least).max(most);

/**
 * How the newsletter looks; every key has a default, every colour a light and a dark value. The descriptions are those
 * of the JSON schema, too. Which colours stand on one another is said in contrast.ts.
 */
export const theme = section({
  accent: colour('#c2410c', '#fb923c').describe('Links, buttons and marks.'),
  on_accent: colour('#ffffff', '#1c1410').describe('Text on a button or on the month of an event.'),
  text: colour('#26233a', '#e8e6f0').describe('Headings and running text.'),
  muted: colour('#5f5b75', '#a8a4bd').describe('Captions, dates, the footer.'),
  background: colour('#f3f1ec', '#14131c').describe('Around the column of the mail.'),
  surface: colour('#ffffff', '#1d1b28').describe('The column itself.'),
  tint: colour('#f6f4f9', '#292638').describe('Cards and code.'),
  border: colour('#e2deea', '#3a3650').describe('Lines, and the edges of a sponsor and of a date.'),
  font: fonts
    .default(SANS)
    .describe('Font families in the order of preference. They are never fetched: name what readers have.'),
  mono: fonts.default(MONO).describe('The same for code.'),
  width: pixels(480, 700).default(600).describe('Width of the column in pixels; narrower screens fill it.'),
  radius: pixels(0, 24).default(10).describe('How round the corners are, in pixels; 0 for square ones.'),
  logo: oneLine
    .optional()
    .describe(
      'A picture for the masthead, relative to issues/ or absolute; without one the name is set in type.',
    ),
  logo_dark: oneLine.optional().describe('The same for a dark background.'),
  logo_width: pixels(16, 480).default(240).describe('Width of the logo in pixels, as it is shown.'),
});

export type Theme = z.output<typeof theme>;
