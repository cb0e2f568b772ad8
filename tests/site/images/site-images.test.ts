import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { screenPictures } from '../../../src/site/images/site-images.js';
import { png } from '../../support/picture.js';
import { temporaryFolder } from '../temporary.js';
import { animatedPng, noise, photograph, withGps } from './samples.js';

/** The tag of EXIF that leads to the place. */
const GPS_POINTER = Buffer.from([0x25, 0x88]);

/** One image in its own folder. */
async function make(name: string, bytes: Uint8Array | string) {
  const folder = temporaryFolder();
  const source = join(folder, name);
  writeFileSync(source, bytes);
  const cache = join(folder, 'cache');
  const again = () => screenPictures([source], cache);
  const { pictures, faulty } = await again();
  return { source, cache, again, picture: pictures.get(source), reason: faulty.get(source) };
}

const sizes = (source: string) => sharp(source).metadata();

describe('the images of a page', () => {
  it('have WebP variants for screens and one in their own format without srcset', async () => {
    const { picture } = await make('Two Clouds!.jpg', await photograph(2000, 1000));
    expect(picture).toMatchObject({ width: 1440, height: 720 });
    expect(picture?.srcset.map(({ width }) => width)).toEqual([480, 960, 1440]);
    expect(picture?.src).toMatch(/^pictures\/two-clouds-[0-9a-f]{10}-960\.jpg$/);
    for (const { path, width } of picture?.srcset ?? []) {
      const file = picture?.files.find((one) => one.path === path);
      expect(await sizes(file?.source ?? '')).toMatchObject({ format: 'webp', width, height: width / 2 });
    }
    expect(picture?.files.map(({ path }) => path)).toContain(picture?.src);
  });

  it('are never enlarged', async () => {
    const { picture } = await make('a.png', await noise(600, 300).png().toBuffer());
    expect(picture).toMatchObject({ width: 600, height: 300 });
    expect(picture?.srcset.map(({ width }) => width)).toEqual([480, 600]);
  });

  it('keep their format if WebP is not smaller', async () => {
    const { picture } = await make('a.webp', await noise(700, 300).webp().toBuffer());
    expect(picture?.srcset.every(({ path }) => path.endsWith('.webp'))).toBe(true);
    expect(picture?.src).toBe(picture?.srcset.at(-1)?.path);
    expect(new Set(picture?.files.map(({ path }) => path)).size).toBe(picture?.files.length);
  });

  it('are upright and contain no location', async () => {
    const turned = await withGps(await photograph(1000, 500), 6);
    expect((await sharp(turned).metadata()).exif?.includes(GPS_POINTER)).toBe(true);
    const { picture } = await make('gps.jpg', turned);
    expect(picture).toMatchObject({ width: 500, height: 1000 });
    const files = [...(picture?.files ?? []).map(({ source }) => source), picture?.original ?? ''];
    for (const file of files) {
      const { exif, xmp, orientation = 1, width, height } = await sizes(file);
      expect({ exif, xmp, orientation, upright: height === width * 2 }).toEqual({
        orientation: 1,
        upright: true,
      });
    }
  });

  it('are unchanged in emails unless they contain a location', async () => {
    const plain = await make('plain.jpg', await photograph(1000, 500));
    expect(plain.picture?.original).toBe(plain.source);
    const tagged = await make('tagged.jpg', await withGps(await photograph(1000, 500), 1));
    expect(tagged.picture?.original).not.toBe(tagged.source);
    expect(await sizes(tagged.picture?.original ?? '')).toMatchObject({ format: 'jpeg', width: 1000 });
  });

  it('are copied if they are an animated PNG', async () => {
    const { picture, source } = await make('frames.png', animatedPng(30, 20));
    expect(picture).toMatchObject({ width: 30, height: 20, srcset: [] });
    expect(picture?.files).toEqual([{ path: picture?.src, source }]);
  });

  it('are copied if they are an animated GIF', async () => {
    const frames = [noise(50, 40), noise(50, 40)].map((frame) => frame.png().toBuffer());
    const gif = await sharp(await Promise.all(frames), { join: { animated: true } })
      .gif()
      .toBuffer();
    const { picture, source } = await make('moves.gif', gif);
    expect(picture).toMatchObject({
      width: 50,
      height: 40,
      srcset: [],
      src: expect.stringMatching(/\.gif$/),
    });
    expect(picture?.files[0]?.source).toBe(source);
  });
});

describe('an image that cannot be shown', () => {
  const bomb = png(20_000, 20_000);

  it.each([
    ['is cut off', 'cut.png', png(50, 50).subarray(0, 60), /^is broken: /],
    ['is text', 'text.png', 'not a picture', /^is not a readable image: use JPEG/],
    ['is empty', 'empty.jpg', '', /^is /],
    ['is a bomb', 'bomb.png', bomb, /^has more than 100 million pixels$/],
  ])('is reported if it %s', async (_, name, bytes, reason) => {
    const { picture, reason: said } = await make(name, bytes);
    expect(picture).toBeUndefined();
    expect(said).toMatch(reason);
  });

  it('is reported if missing, without affecting others', async () => {
    const folder = temporaryFolder();
    const good = join(folder, 'good.png');
    writeFileSync(good, png(20, 20));
    const gone = join(folder, 'gone.png');
    const { pictures, faulty } = await screenPictures([gone, good], join(folder, 'cache'));
    expect([...pictures.keys()]).toEqual([good]);
    expect([...faulty]).toEqual([[gone, 'does not exist']]);
  });
});

describe('the image cache', () => {
  it('processes nothing twice, even if a file was touched', async () => {
    const { picture, source, again } = await make('a.jpg', await photograph(1200, 400));
    const made = picture?.files.map((file) => statSync(file.source).mtimeMs);
    utimesSync(source, new Date(), new Date(0));
    const second = (await again()).pictures.get(source);
    expect(second).toEqual(picture);
    expect(second?.files.map((file) => statSync(file.source).mtimeMs)).toEqual(made);
  });

  it('processes changed images again, with a new path', async () => {
    const { picture, source, again } = await make('a.jpg', await photograph(1200, 400));
    writeFileSync(source, await photograph(1200, 500));
    const second = (await again()).pictures.get(source);
    expect(second?.height).toBe(500);
    expect(second?.src).not.toBe(picture?.src);
  });

  it.each([
    ['a file is gone', (_: string, file: string) => rmSync(file)],
    ['its memory is broken', (cache: string) => writeFileSync(join(cache, 'pictures.json'), '{"version":1')],
    [
      'its index points elsewhere',
      (cache: string) => {
        const path = join(cache, 'pictures.json');
        writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/"plain":"/g, '"plain":"../../'));
      },
    ],
  ])('processes missing entries again if %s', async (_, spoil) => {
    const { picture, source, cache, again } = await make('a.jpg', await photograph(1200, 400));
    spoil(cache, picture?.files[0]?.source ?? '');
    const second = (await again()).pictures.get(source);
    expect(second).toEqual(picture);
    for (const file of second?.files ?? []) expect(statSync(file.source).size).toBeGreaterThan(0);
  });
});
