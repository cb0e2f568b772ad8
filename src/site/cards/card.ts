import { createHash } from 'node:crypto';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Theme } from '../../config/theme.js';
import { visible } from '../../findings/visible.js';
import { listFolder, readBytes, writeFile } from '../../platform/files.js';
import { dateView, type Locale } from '../../render/date-view.js';
import { CARD, PARALLEL } from '../images/sharp.js';
import type { SiteAsset } from '../images/site-images.js';
import type { CardFonts } from './card-fonts.js';

/** Increase whenever the same text would be rendered differently. */
const VERSION = 3;
const MAX_LOGO_BYTES = 5_000_000;

/** Texts of a card. */
export interface CardText {
  readonly newsletter: string;
  readonly number: number;
  readonly title: string;
  /** ISO 8601. */
  readonly date: string;
}

export interface ShareCard extends SiteAsset {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Characters that no font has, so their text is not on the card. Usually empty. */
  readonly lacking: string;
}

/** Appearance shared by all cards. */
export interface CardLook {
  readonly theme: Theme;
  /** Locale of dates. */
  readonly locale: Locale;
  /** Absolute path of the logo image. An unreadable logo is left out. */
  readonly logo?: string | undefined;
  /** Absolute path of a TrueType or OpenType font, for scripts that the built-in fonts lack. */
  readonly font?: string | undefined;
}

/**
 * Creates share cards (Open Graph images) in parallel. Cards with the same text, colors and logo come from
 * the cache.
 * @param cache a folder, created on demand
 * @returns the cards in the order of their texts
 */
export async function shareCards(
  texts: readonly CardText[],
  { theme, locale, logo, font: fontFile }: CardLook,
  cache: string,
): Promise<ShareCard[]> {
  const picture =
    logo === undefined ? undefined : await readBytes(logo, MAX_LOGO_BYTES).catch(() => undefined);
  const font = fontFile === undefined ? '' : digest(await readBytes(fontFile, 50_000_000));
  const { language, timezone } = locale;
  const look = [VERSION, colours(theme), language, timezone, picture ? digest(picture) : '', font];
  const known = new Set(await listFolder(cache));
  let opened: Promise<CardFonts> | undefined;
  const openFonts = async () => {
    const { CardFonts } = await import('./card-fonts.js');
    opened ??= CardFonts.open(cache, fontFile);
    return opened;
  };
  const limit = pLimit(PARALLEL);
  const one = async (text: CardText): Promise<ShareCard> => {
    const key = digest(JSON.stringify([look, text.newsletter, text.number, text.title, text.date]));
    const [whole, partial] = [`${key}.png`, `${key}-lacking.png`];
    if (known.has(whole)) return card(text, join(cache, whole), key, '');
    const fonts = await openFonts();
    const content = fitting({ ...text, date: dateView(text.date, locale).long_date }, fonts);
    const source = join(cache, content.lacking === '' ? whole : partial);
    if (!(content.lacking !== '' && known.has(partial))) {
      const { drawCard } = await import('./card-layout.js');
      await writeFile(source, await drawCard({ ...content, logo: picture }, theme, fonts));
    }
    return card(text, source, key, content.lacking);
  };
  return Promise.all(texts.map((text) => limit(one, text)));
}

/**
 * Matches more than three combining marks on a letter. No language needs more, and stacked marks would leave
 * the card.
 */
const HEAPED = /(\p{M}{3})\p{M}+/gu;

/**
 * The renderable texts. Symbols that no font has are removed; a text with a missing letter is removed as a
 * whole.
 */
function fitting(text: CardText, fonts: CardFonts) {
  const lacking = new Set<string>();
  const settable = (words: string) => {
    const line = visible(words.toWellFormed()).replace(HEAPED, '$1').trim();
    const gone = [...fonts.lacking(line)];
    for (const letter of gone) lacking.add(letter);
    if (gone.some((letter) => /[\p{L}\p{N}]/u.test(letter))) return '';
    return [...line]
      .filter((letter) => !gone.includes(letter))
      .join('')
      .trim();
  };
  const content = {
    newsletter: settable(text.newsletter),
    number: `#${text.number}`,
    title: settable(text.title),
    date: settable(text.date),
  };
  return { ...content, lacking: [...lacking].join('') };
}

const KEY_IN_PATH = 10;

function card(text: CardText, source: string, key: string, lacking: string): ShareCard {
  return { path: `cards/${text.number}-${key.slice(0, KEY_IN_PATH)}.png`, source, ...CARD, lacking };
}

/** Colors of a card. */
function colours({ surface, text, accent, tint }: Theme): readonly string[] {
  return [surface, text, accent, tint].map(({ light }) => light);
}

function digest(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex').slice(0, 32);
}
