import type { Theme } from './theme.js';

export type Mode = 'light' | 'dark';

/** The keys of the theme that are colors. */
export type ColourName = {
  [Key in keyof Theme]-?: Theme[Key] extends { light: string; dark: string } ? Key : never;
}[keyof Theme];

/** Two theme colors, one on top of the other. */
export interface ColourPair {
  readonly mode: Mode;
  readonly foreground: ColourName;
  readonly background: ColourName;
  /** What has these colors. */
  readonly where: string;
  /** The lowest ratio that WCAG 2.2 allows at level AA: 4.5 for text (1.4.3), 3 for marks (1.4.11). */
  readonly needed: number;
  readonly ratio: number;
}

/** Where the templates put one color on another. Marks in the accent color need the contrast of links. */
const COLOR_PAIRS: readonly (readonly [ColourName, ColourName, string])[] = [
  ['text', 'surface', 'headings and body text'],
  ['text', 'tint', 'text in cards, code'],
  ['accent', 'surface', 'links, labels and the bar of a quote'],
  ['accent', 'tint', 'links in cards'],
  ['on_accent', 'accent', 'the text of a button, the month of an event'],
  ['muted', 'surface', 'captions and bylines'],
  ['muted', 'tint', 'bylines in cards'],
  ['muted', 'background', 'the footer'],
];

const TEXT_RATIO = 4.5;

/** Every pair of theme colors that the templates put on each other, in light and dark mode, with their contrast. */
export function colourPairs(theme: Theme): ColourPair[] {
  return (['light', 'dark'] as const).flatMap((mode) =>
    COLOR_PAIRS.map(([foreground, background, where]) => {
      const ratio = contrast(theme[foreground][mode], theme[background][mode]);
      return { mode, foreground, background, where, needed: TEXT_RATIO, ratio };
    }),
  );
}

/**
 * The contrast ratio of two colors as WCAG 2.2 defines it, from 1 to 21, in any order.
 * @param a a color as `#rrggbb`
 */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((one, other) => other - one) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance: 0 for black, 1 for white. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
