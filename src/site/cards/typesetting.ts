import { lettersOf } from '../../render/segments.js';
import { loadSharp } from '../images/sharp.js';
import { type CardFonts, WEIGHTS, type Weight } from './card-fonts.js';

/** Rendered text, trimmed. */
export interface SetText {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface Style {
  /** Font size in pixels. */
  readonly size: number;
  readonly weight: Weight;
  /** As `#rrggbb`. */
  readonly colour: string;
  /** Line width in pixels; default: no wrapping. */
  readonly width?: number;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Renders text in the fonts of the card. It is never parsed as markup. */
export async function setText(text: string, style: Style, fonts: CardFonts): Promise<SetText> {
  const { size, weight, colour, width } = style;
  const families = await fonts.families(text, weight);
  const escaped = text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
  // Large type has tighter spacing, in thousandths of a point. At 72 dpi, a point is a pixel. Scripts with
  // joined letters have no letter spacing.
  const joined = /\p{Script=Arabic}/u.test(text);
  const tracking = weight === 'title' && !joined ? -Math.round(size * 20) : 0;
  const markup = `<span foreground="${colour}" letter_spacing="${tracking}" line_height="0.94">${escaped}</span>`;
  const layout = width === undefined ? {} : { width: Math.round(width), wrap: 'word-char' as const };
  const { data, info } = await loadSharp()({
    text: { text: markup, font: `${families}, ${WEIGHTS[weight]} ${size}`, rgba: true, dpi: 72, ...layout },
  })
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

/** A box for a title, and its possible font sizes, from large to small. */
export interface TitleBox {
  readonly width: number;
  readonly height: number;
  readonly sizes: readonly number[];
  readonly colour: string;
}

/** Longer titles are cut before rendering, which is slow. */
const MAX_LETTERS = 240;

/** Renders a title as large as possible in balanced lines. If it does not fit, it ends in an ellipsis. */
export async function setTitle(title: string, box: TitleBox, fonts: CardFonts): Promise<SetText> {
  const { width, height, colour } = box;
  const letters = lettersOf(title);
  const short = letters.length > MAX_LETTERS ? `${letters.slice(0, MAX_LETTERS).join('').trimEnd()}…` : title;
  let smallest = 0;
  for (const size of box.sizes) {
    const at = (words: string, most: number) =>
      setText(words, { size, weight: 'title', colour, width: most }, fonts);
    const set = await at(short, width);
    if (set.height <= height && set.width <= width)
      return set.height < size * 1.5 ? set : balance(set, (most) => at(short, most), width);
    smallest = size;
  }
  const style = { size: smallest, weight: 'title', colour, width } as const;
  const most = letters.slice(0, MAX_LETTERS);
  return contain(await shorten(most, height, (text) => setText(text, style, fonts)), width, height);
}

/** Scales down glyphs that are taller than a line. */
async function contain(set: SetText, width: number, height: number): Promise<SetText> {
  if (set.width <= width && set.height <= height) return set;
  const { data, info } = await loadSharp()(set.bytes)
    .resize({ width, height, fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

const STEPS = 4;

/** The narrowest width that does not add lines. */
async function balance(
  set: SetText,
  at: (width: number) => Promise<SetText>,
  width: number,
): Promise<SetText> {
  let [narrow, wide, best] = [width / 2, width, set];
  for (let step = 0; step < STEPS; step++) {
    const middle = (narrow + wide) / 2;
    const tried = await at(middle);
    if (tried.height <= set.height * 1.1 && tried.width <= middle) [wide, best] = [middle, tried];
    else narrow = middle;
  }
  return best;
}

/** As many letters as fit, with an ellipsis. */
async function shorten(
  letters: readonly string[],
  height: number,
  set: (text: string) => Promise<SetText>,
): Promise<SetText> {
  const cut = (count: number) => set(`${letters.slice(0, count).join('').trimEnd()}…`);
  let [fits, over] = [1, letters.length + 1];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if ((await cut(middle)).height <= height) fits = middle;
    else over = middle;
  }
  return cut(fits);
}
