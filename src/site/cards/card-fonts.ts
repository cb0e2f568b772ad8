import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type * as Fontkit from 'fontkit';
import { configurationError, messageOf } from '../../findings/error.js';
import { readBytes, writeFile } from '../../platform/files.js';
import { setDefault } from '../../platform/process.js';
import { loadSharp } from '../images/sharp.js';

const require = createRequire(import.meta.url);
/** The build copies the fonts here, so that users need not install every weight. */
const FOLDER = join(import.meta.dirname, '../../../dist/fonts');
const MAX_BYTES = 50_000_000;

export type Weight = 'title' | 'label';

/** Weights by their Pango names. */
export const WEIGHTS: Readonly<Record<Weight, string>> = { title: 'ExtraBold', label: 'SemiBold' };

interface FontSource {
  readonly family: string;
  readonly files: Readonly<Record<Weight, string>>;
}

const noto = (family: string, title: string, label: string): FontSource => {
  const name = family.replaceAll(' ', '');
  const file = (weight: string) => join(FOLDER, `${name}_${weight}.ttf`);
  return { family, files: { title: file(title), label: file(label) } };
};

/** Fonts in order of preference. Characters that all of them lack are reported, not drawn as boxes. */
const FONTS: readonly FontSource[] = [
  noto('Inter', '800ExtraBold', '600SemiBold'),
  noto('Noto Sans Arabic', '800ExtraBold', '600SemiBold'),
  noto('Noto Sans Hebrew', '800ExtraBold', '600SemiBold'),
  noto('Noto Emoji', '700Bold', '700Bold'),
];

/** Files that the build copies. */
export const FONT_FILES: ReadonlySet<string> = new Set(
  FONTS.flatMap(({ files }) => Object.values(files).map((file) => basename(file))),
);

/** Characters without a glyph: joiners, variation selectors, spaces. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{White_Space}]/u;

interface Font extends FontSource {
  readonly letters: ReadonlySet<number>;
}

/** Fonts of a share card: the newsletter's own font, if any, then the built-in ones. */
export class CardFonts {
  private readonly loaded = new Set<string>();

  private constructor(private readonly fonts: readonly Font[]) {}

  /**
   * @param cache fontconfig cache. System fonts are hidden, so that every machine creates the same card.
   * @param own absolute path of a TrueType or OpenType font
   */
  static async open(cache: string, own: string | undefined): Promise<CardFonts> {
    await isolate(cache);
    const files = FONTS.map(async (font) => ({
      ...font,
      letters: (await readFont(font.files.title)).letters,
    }));
    const first = own === undefined ? [] : [{ ...(await readFont(own)), files: { title: own, label: own } }];
    return new CardFonts([...first, ...(await Promise.all(files))]);
  }

  /** Distinct characters that no font has. */
  lacking(text: string): string {
    const letters = new Set([...text].filter((letter) => !UNSEEN.test(letter) && !this.has(letter)));
    return [...letters].join('');
  }

  /** Font families for Pango. Loads those that the text needs. */
  async families(text: string, weight: Weight): Promise<string> {
    for (const font of this.fonts) {
      const needed = [...text].some((letter) => font.letters.has(letter.codePointAt(0) ?? 0));
      if (needed) await this.load(font.files[weight], font.family);
    }
    return this.fonts.map(({ family }) => family).join(',');
  }

  private has(letter: string): boolean {
    return this.fonts.some(({ letters }) => letters.has(letter.codePointAt(0) ?? 0));
  }

  /** Rendering a text with a font file registers the font. */
  private async load(file: string, family: string): Promise<void> {
    if (this.loaded.has(file)) return;
    await loadSharp()({ text: { text: '.', font: `${family},`, fontfile: file } }).metadata();
    this.loaded.add(file);
  }
}

async function readFont(path: string): Promise<{ family: string; letters: ReadonlySet<number> }> {
  const { create } = require('fontkit') as typeof Fontkit;
  const bytes = await readBytes(path, MAX_BYTES);
  try {
    const font = create(bytes);
    if (!('characterSet' in font) || !/^[\w .-]+$/.test(font.familyName)) throw new Error('it has no name');
    return { family: font.familyName, letters: new Set(font.characterSet) };
  } catch (cause) {
    throw configurationError(`cannot use the font ${path}: ${messageOf(cause)}`, {
      hint: 'use a TrueType or OpenType file (.ttf, .otf)',
      cause,
    });
  }
}

/** Fontconfig reads this file before the first text is rendered. */
async function isolate(cache: string): Promise<void> {
  const path = join(cache, 'fonts.conf');
  const folder = join(cache, 'fonts').replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const text = `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig><cachedir>${folder}</cachedir></fontconfig>\n`;
  await writeFile(path, text);
  setDefault('FONTCONFIG_FILE', path);
}
