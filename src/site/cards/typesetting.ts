import { lettersOf } from '../../render/segments.js';
import { loadSharp } from '../images/sharp.js';
import { type CardFonts, WEIGHTS, type Weight } from './card-fonts.js';

/** A text as a picture with nothing around it. */
export interface SetText {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface Style {
  /** In pixels. */
  readonly size: number;
  readonly weight: Weight;
  /** As `#rrggbb`. */
  readonly colour: string;
  /** Where lines end; default: nowhere. */
  readonly width?: number;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Sets a text in the fonts of the card; what it says is never markup. */
export async function setText(text: string, style: Style, fonts: CardFonts): Promise<SetText> {
  const { size, weight, colour, width } = style;
  const families = await fonts.families(text, weight);
  const escaped = text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
  // Large type is set tighter: in thousandths of a point, which is a pixel at 72 dpi.
  // Letters that are joined stay so.
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

/** A place for a title, and the sizes that it may have, from large to small. */
export interface TitleBox {
  readonly width: number;
  readonly height: number;
  readonly sizes: readonly number[];
  readonly colour: string;
}

/** Nobody reads more on a card, and setting it takes its time. */
const MAX_LETTERS = 240;

/** Sets a title as large as fits, in lines of about the same length; one that never fits ends in an ellipsis. */
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

/** Letters that are higher than any line should be are made smaller as a picture. */
async function contain(set: SetText, width: number, height: number): Promise<SetText> {
  if (set.width <= width && set.height <= height) return set;
  const { data, info } = await loadSharp()(set.bytes)
    .resize({ width, height, fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

const STEPS = 4;

/** The narrowest lines of which there are no more. */
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

/** As many of the letters as fit, with an ellipsis. */
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
