import type { z } from 'zod';
import { colour, oneLine, section } from './fields.js';

const SANS =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Helvetica, Arial, sans-serif";
const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";

/** A list of font families; it ends up inside style attributes, which double quotes would end. */
const fonts = oneLine
  .refine((text) => !/[<>{};]/.test(text), 'must be a list of font families')
  .transform((text) => text.replaceAll('"', "'"));

/** How the newsletter looks; every key has a default, every colour a light and a dark value. */
export const theme = section({
  /** Links, buttons and marks. */
  accent: colour('#c2410c', '#fb923c'),
  /** Text on a button or label of the accent colour. */
  on_accent: colour('#ffffff', '#1c1410'),
  /** Headings and running text. */
  text: colour('#26233a', '#e8e6f0'),
  /** Captions, dates, the footer. */
  muted: colour('#625e78', '#a8a4bd'),
  /** Around the column. */
  background: colour('#f3f1ec', '#14131c'),
  /** The column itself. */
  surface: colour('#ffffff', '#1d1b28'),
  /** Cards, quotes and code. */
  tint: colour('#f6f4f9', '#292638'),
  border: colour('#e2deea', '#3a3650'),
  font: fonts.default(SANS),
  mono: fonts.default(MONO),
  /** A picture for the masthead, relative to issues/ or absolute; without one the name is set in type. */
  logo: oneLine.optional(),
  /** The same for a dark background. */
  logo_dark: oneLine.optional(),
});

export type Theme = z.output<typeof theme>;
