import type { OverlayOptions } from 'sharp';
import { contrast } from '../../config/contrast.js';
import type { Theme } from '../../config/theme.js';
import { CARD, loadSharp, MAX_PIXELS } from '../images/sharp.js';
import type { CardFonts } from './card-fonts.js';
import { type SetText, setText, setTitle } from './typesetting.js';

const MARGIN = 80;
const BAR = 14;
const NAME = { width: 1040, height: 72, sizes: [40, 32, 26] } as const;
const LOGO = { width: 420, height: 72 } as const;
const TITLE = { width: 980, height: 292, sizes: [88, 80, 72, 64, 56, 48, 42] } as const;
/** Box of the number if there is no title. */
const ALONE = { width: 1040, height: 292, sizes: [280, 200, 140] } as const;
const HEAD = 96;
const TITLE_MIDDLE = 322;
const FOOT = CARD.height - BAR - 66;
const NUMBER_SIZE = 430;

/** Contrast for text by WCAG 2.2 (1.4.3). */
const READABLE = 4.5;

/** Content of a card. Empty texts are left out. */
export interface CardContent {
  readonly newsletter: string;
  readonly number: string;
  readonly title: string;
  readonly date: string;
  readonly logo: Buffer | undefined;
}

/** Draws a card in the light colors of a theme. @returns PNG bytes */
export async function drawCard(content: CardContent, theme: Theme, fonts: CardFonts): Promise<Buffer> {
  const colours = cardColours(theme);
  const right = startsFromRight(content.title || content.newsletter);
  const place = placing(right);
  const titled = content.title !== '';
  const title = { ...(titled ? TITLE : ALONE), colour: colours.text };
  const label = titled ? [content.number, content.date].filter(Boolean).join('  ·  ') : content.date;
  const layers = [
    titled ? await decoration(content.number, colours.shade, fonts, right) : undefined,
    await masthead(content, colours.text, fonts, place),
    place(await setTitle(content.title || content.number, title, fonts), TITLE_MIDDLE),
    label && place(await setText(label, { size: 32, weight: 'label', colour: colours.label }, fonts), FOOT),
    bar(colours.bar),
  ];
  return loadSharp()({ create: { ...CARD, channels: 3, background: colours.surface } })
    .composite(layers.filter((layer) => typeof layer === 'object'))
    .png({ compressionLevel: 6 })
    .toBuffer();
}

interface CardColours {
  readonly surface: string;
  readonly text: string;
  readonly label: string;
  readonly bar: string;
  /** Color of the background number; undefined if the title would not be readable on it. */
  readonly shade: string | undefined;
}

/** Theme colors, with black or white instead of unreadable ones. */
export function cardColours(theme: Theme): CardColours {
  const surface = theme.surface.light;
  const text = readable(theme.text.light, surface);
  const shade = theme.tint.light;
  return {
    surface,
    text,
    label: readable(theme.accent.light, surface),
    bar: theme.accent.light,
    shade: contrast(text, shade) >= READABLE ? shade : undefined,
  };
}

function readable(colour: string, surface: string): string {
  if (contrast(colour, surface) >= READABLE) return colour;
  return contrast('#000000', surface) > contrast('#ffffff', surface) ? '#000000' : '#ffffff';
}

type SiteAddress = (text: SetText, middle: number) => OverlayOptions;

/** Places text at the start margin of its script. @param middle vertical center, from the top */
function placing(right: boolean): SiteAddress {
  return ({ bytes, width, height }, middle) => ({
    input: bytes,
    left: right ? CARD.width - MARGIN - width : MARGIN,
    top: Math.round(middle - height / 2),
  });
}

/** The large, pale number at the end margin. */
async function decoration(
  number: string,
  colour: string | undefined,
  fonts: CardFonts,
  right: boolean,
): Promise<OverlayOptions | undefined> {
  if (colour === undefined) return undefined;
  const box = { width: TITLE.width, height: NUMBER_SIZE, sizes: [NUMBER_SIZE, 300, 160], colour };
  const { bytes, width, height } = await setTitle(number.replace('#', ''), box, fonts);
  const left = right ? MARGIN / 2 : CARD.width - MARGIN / 2 - width;
  return { input: bytes, left, top: CARD.height - BAR - MARGIN / 2 - height };
}

/** The logo, or the name as text. */
async function masthead(
  { newsletter, logo }: CardContent,
  colour: string,
  fonts: CardFonts,
  place: SiteAddress,
): Promise<OverlayOptions | undefined> {
  const picture = logo && (await readLogo(logo));
  if (picture) return place(picture, HEAD);
  if (newsletter === '') return undefined;
  return place(await setTitle(newsletter, { ...NAME, colour }, fonts), HEAD);
}

/** Undefined for an unreadable logo, which `obn check` reports. */
async function readLogo(bytes: Buffer): Promise<SetText | undefined> {
  try {
    const { data, info } = await loadSharp()(bytes, { limitInputPixels: MAX_PIXELS, density: 288 })
      .autoOrient()
      .resize({ ...LOGO, fit: 'inside' })
      .png()
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch {
    return undefined;
  }
}

function bar(colour: string): OverlayOptions {
  const create = { width: CARD.width, height: BAR, channels: 3, background: colour } as const;
  return { input: { create }, left: 0, top: CARD.height - BAR };
}

/** Whether the first letter with a direction is right-to-left. */
function startsFromRight(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u.test(
    first,
  );
}
