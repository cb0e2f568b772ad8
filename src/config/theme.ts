import { z } from 'zod';
import { colour, oneLine, section, themePicture } from '../document/fields.js';
import { described } from '../text/described.js';

const SANS = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const MONO = 'ui-monospace, Menlo, Consolas, monospace';

const QUOTED = String.raw`[\p{L}\p{M}\p{N}\p{Zs}._+-]+`;
const WORD = String.raw`-?[\p{L}_][\p{L}\p{N}_-]*`;
/** A name in quotes, or words that CSS accepts without quotes. */
const FAMILY = `(?:"${QUOTED}"|'${QUOTED}'|${WORD}(?: +${WORD})*)`;
const FAMILIES = new RegExp(`^ *${FAMILY}(?: *, *${FAMILY})* *$`, 'u');

/**
 * A list of font families. It is used in style attributes, where a double quote would end the attribute, and an open
 * single quote or comment would hide what follows.
 */
const fonts = oneLine
  .refine(
    (text) => FAMILIES.test(text),
    `must be a list of font families, such as "'Segoe UI', Arial, sans-serif"; a name can contain letters, digits and spaces`,
  )
  .transform((text) => text.replaceAll('"', "'"));

const pixels = (least: number, most: number) => z.number().int().min(least).max(most);

/**
 * How the newsletter looks. Every key has a default, and every color a light and a dark value. The JSON schema has the
 * same descriptions. contrast.ts lists which colors are used on each other.
 */
export const theme = section({
  accent: colour('#c2410c', '#fb923c').describe('Links, buttons and marks.'),
  on_accent: colour('#ffffff', '#1c1410').describe('Text on a button or on the month of an event.'),
  text: colour('#26233a', '#e8e6f0').describe('Headings and body text.'),
  muted: colour('#5f5b75', '#a8a4bd').describe('Captions, dates and the footer.'),
  background: colour('#f3f1ec', '#14131c').describe('Around the column of the email.'),
  surface: colour('#ffffff', '#1d1b28').describe('The column itself.'),
  tint: colour('#f6f4f9', '#292638').describe('Cards and code.'),
  border: colour('#e2deea', '#3a3650').describe('Lines, and the borders of sponsors and dates.'),
  font: fonts
    .default(SANS)
    .meta(
      described(
        'Font families in order of preference. obn loads no web fonts: name fonts that readers have.',
        SANS,
      ),
    ),
  mono: fonts.default(MONO).meta(described('Font families for code.', MONO)),
  width: pixels(480, 700)
    .default(600)
    .describe('Width of the column in pixels; on narrower screens it fills the screen.'),
  radius: pixels(0, 24).default(10).describe('Corner radius in pixels; 0 for square corners.'),
  logo: themePicture
    .optional()
    .meta(
      described(
        'An image for the masthead: a path relative to issues/, or a URL. Without one, the name is shown as text.',
        'images/logo.png',
      ),
    ),
  logo_dark: themePicture.optional().meta(described('The logo for dark mode.', 'images/logo-dark.png')),
  logo_width: pixels(16, 480).default(240).describe('Displayed width of the logo in pixels.'),
});

export type Theme = z.output<typeof theme>;
