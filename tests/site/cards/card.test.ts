import { statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { contrast } from '../../../src/config/contrast.js';
import { theme as themeSchema } from '../../../src/config/theme.js';
import { type CardLook, type CardText, shareCards } from '../../../src/site/cards/card.js';
import { cardColours } from '../../../src/site/cards/card-layout.js';
import { temporaryFolder } from '../temporary.js';

const THEME = themeSchema.parse({});
const TEXT: CardText = { newsletter: 'Clouds', number: 3, title: 'Taking it apart', date: '2024-05-01' };
const LOOK: CardLook = { theme: THEME, locale: { language: 'en', timezone: 'America/New_York' } };

/** One card of a cache of its own. */
async function make(text: Partial<CardText>, look: Partial<CardLook> = {}) {
  const cache = temporaryFolder();
  const [card] = await shareCards([{ ...TEXT, ...text }], { ...LOOK, ...look }, cache);
  if (!card) throw new Error('there is no card');
  return { card, cache, image: sharp(card.source) };
}

/** The pixels of two cards are the same. */
async function areSame(a: Sharp, b: Sharp): Promise<boolean> {
  return (await a.raw().toBuffer()).equals(await b.raw().toBuffer());
}

type Area = readonly [left: number, top: number, right: number, bottom: number];

/** Which share of an area is as dark as the text of the theme. */
async function darkShare(image: Sharp, [left, top, right, bottom]: Area): Promise<number> {
  const area = image.clone().extract({ left, top, width: right - left, height: bottom - top });
  const { data } = await area.greyscale().raw().toBuffer({ resolveWithObject: true });
  return data.filter((value) => value < 80).length / data.length;
}

const TITLE: Area = [0, 150, 1200, 490];
const LEFT: Area = [0, 150, 300, 490];
const RIGHT: Area = [900, 150, 1200, 490];
const EDGES: readonly Area[] = [
  [0, 140, 40, 490],
  [1160, 140, 1200, 490],
  [0, 490, 1200, 520],
];

describe('a share card', () => {
  it('is a PNG of the recommended size', async () => {
    const { card, image } = await make({});
    expect(card).toMatchObject({ width: 1200, height: 630, lacking: '' });
    expect(card.path).toMatch(/^cards\/3-[0-9a-f]{10}\.png$/);
    expect(await image.metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
    expect(await darkShare(image, TITLE)).toBeGreaterThan(0.01);
  });

  it.each([
    ['one long word', 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'],
    ['many words', 'word after word '.repeat(200)],
    ['marks upon marks', `a${'\u0301'.repeat(400)} title`],
    ['nothing but marks of markup', '<<<<&&&&">>>'],
  ])('keeps a title within its margins: %s', async (_, title) => {
    const { image } = await make({ title });
    expect(await darkShare(image, TITLE)).toBeGreaterThan(0.001);
    for (const edge of EDGES) expect(await darkShare(image, edge)).toBe(0);
  });

  it('shows markup as text', async () => {
    const [bold, plain] = [await make({ title: '<b>Cold</b>' }), await make({ title: 'Cold' })];
    expect(await darkShare(bold.image, TITLE)).toBeGreaterThan((await darkShare(plain.image, TITLE)) * 1.4);
    const { card } = await make({
      title: '</span><span foreground="red" &#0; \u0000\ud800',
      newsletter: '<i>',
    });
    expect(statSync(card.source).size).toBeGreaterThan(1000);
  });

  it('is aligned by script direction', async () => {
    const [english, hebrew] = [await make({ title: 'Queues' }), await make({ title: 'תורים' })];
    expect(await darkShare(english.image, LEFT)).toBeGreaterThan(0.01);
    expect(await darkShare(english.image, RIGHT)).toBe(0);
    expect(await darkShare(hebrew.image, RIGHT)).toBeGreaterThan(0.01);
    expect(await darkShare(hebrew.image, LEFT)).toBe(0);
    expect(hebrew.card.lacking).toBe('');
  });

  it.each(['Что нового', 'Τι νέο υπάρχει', 'Điều gì mới', 'ما الجديد', 'What is new 🎉🤔⭐️👩🏽‍💻'])(
    'has the glyphs of %s',
    async (title) => {
      const { card, image } = await make({ title });
      expect(card.lacking).toBe('');
      expect(await darkShare(image, TITLE)).toBeGreaterThan(0.01);
    },
  );
});

describe('a title with missing glyphs', () => {
  it('is reported and replaced by the number', async () => {
    const { card, image } = await make({ title: '云端新闻' });
    expect(card.lacking).toBe('云端新闻');
    expect(await darkShare(image, LEFT)).toBeGreaterThan(0.1);
  });

  it('loses only a missing symbol', async () => {
    const [without, with_] = [await make({ title: 'Clouds' }), await make({ title: 'Clouds \u{1fbc5}' })];
    expect(with_.card.lacking).toBe('\u{1fbc5}');
    expect(await areSame(with_.image, without.image)).toBe(true);
  });

  it('uses a font of the newsletter that has them', async () => {
    const black = createRequire(import.meta.url).resolve(
      '@expo-google-fonts/inter/900Black/Inter_900Black.ttf',
    );
    const [own, others] = [await make({}, { font: black }), await make({})];
    expect(own.card.path).not.toBe(others.card.path);
    expect(await areSame(own.image, others.image)).toBe(false);
  });

  it('is an error if that font is invalid', async () => {
    const font = join(temporaryFolder(), 'x.ttf');
    writeFileSync(font, 'no font');
    await expect(make({}, { font })).rejects.toMatchObject({ exitCode: 3 });
  });
});

describe('the logo of a card', () => {
  let folder = '';
  beforeAll(() => {
    folder = temporaryFolder();
  });

  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  it('replaces the name', async () => {
    const black =
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><path d="M0 0h90v30H0z"/></svg>';
    const { image } = await make({}, { logo: file('logo.svg', black) });
    expect(await darkShare(image, [80, 64, 290, 130])).toBeGreaterThan(0.9);
  });

  it.each(['broken', 'missing'])('is replaced by the name if it is %s', async (state) => {
    const logo = state === 'broken' ? file('broken.png', 'no picture') : join(folder, 'none.png');
    const [withLogo, without] = [await make({}, { logo }), await make({})];
    expect(await areSame(withLogo.image, without.image)).toBe(true);
  });
});

describe('the colors of a card', () => {
  const of = (text: string, surface: string, tint = surface) =>
    cardColours(
      themeSchema.parse({
        text: { light: text, dark: '#ffffff' },
        accent: { light: text, dark: '#ffffff' },
        surface: { light: surface, dark: '#000000' },
        tint: { light: tint, dark: '#000000' },
      }),
    );

  it.each([
    ['#777777', '#888888'],
    ['#eeeeee', '#ffffff'],
    ['#111111', '#000000'],
  ])('are readable if those of the theme are not: %s on %s', (text, surface) => {
    const colours = of(text, surface);
    expect(contrast(colours.text, surface)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours.label, surface)).toBeGreaterThanOrEqual(4.5);
  });

  it('are those of the theme if readable', () => {
    expect(of('#222222', '#ffffff', '#eeeeee')).toMatchObject({ text: '#222222', shade: '#eeeeee' });
  });

  it('have no number behind a title that would be unreadable on it', () => {
    expect(of('#222222', '#ffffff', '#333333').shade).toBeUndefined();
  });
});

describe('the card cache', () => {
  it('renders a card once, and again for other texts, colors or languages', async () => {
    const cache = temporaryFolder();
    const texts = [TEXT, { ...TEXT, number: 4 }];
    const first = await shareCards(texts, LOOK, cache);
    const made = first.map(({ source }) => statSync(source).mtimeMs);
    expect(first.map(({ path }) => path.split('-')[0])).toEqual(['cards/3', 'cards/4']);
    expect(await shareCards(texts, LOOK, cache)).toEqual(first);
    expect(first.map(({ source }) => statSync(source).mtimeMs)).toEqual(made);
    const blue = themeSchema.parse({ accent: { light: '#1d4ed8', dark: '#93c5fd' } });
    const german = { ...LOOK, locale: { ...LOOK.locale, language: 'de' } };
    const others = [
      ...(await shareCards([TEXT], german, cache)),
      ...(await shareCards([TEXT], { ...LOOK, theme: blue }, cache)),
      ...(await shareCards([{ ...TEXT, title: 'Another' }], LOOK, cache)),
    ];
    expect(new Set([...first, ...others].map(({ path }) => path)).size).toBe(5);
  });

  it('reports missing glyphs again', async () => {
    const cache = temporaryFolder();
    const texts = [{ ...TEXT, title: '云' }];
    const first = await shareCards(texts, LOOK, cache);
    expect(await shareCards(texts, LOOK, cache)).toEqual(first);
    expect(first[0]?.lacking).toBe('云');
  });
});
