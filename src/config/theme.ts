import { z } from 'zod';
import { colour, oneLine, section, themePicture } from '../document/fields.js';

const SANS = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const MONO = 'ui-monospace, Menlo, Consolas, monospace';

const QUOTED = String.raw`[\p{L}\p{M}\p{N}\p{Zs}._+-]+`;
const WORD = String.raw`-?[\p{L}_][\p{L}\p{N}_-]*`;
/** A name in quotes, or words that CSS takes for a name without them. */
const FAMILY = `(?:"${QUOTED}"|'${QUOTED}'|${WORD}(?: +${WORD})*)`;
const FAMILIES = new RegExp(`^ *${FAMILY}(?: *, *${FAMILY})* *$`, 'u');

/**
 * A list of font families. It ends up inside style attributes, which double quotes would end, and where a single quote
 * or a comment that is left open would take all that comes after it.
 */
const fonts = oneLine
  .refine(
    (text) => FAMILIES.test(text),
    `must be a list of font families, such as "'Segoe UI', Arial, sans-serif"; a name holds letters, digits and spaces`,
  )
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
  logo: themePicture
    .optional()
    .describe(
      'A picture for the masthead, relative to issues/ or absolute; without one the name is set in type.',
    ),
  logo_dark: themePicture.optional().describe('The same for a dark background.'),
  logo_width: pixels(16, 480).default(240).describe('Width of the logo in pixels, as it is shown.'),
});

export type Theme = z.output<typeof theme>;
