import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { stripped } from '../../../src/site/images/strip.js';
import { animatedPng, noise, photograph, withGps } from './samples.js';

const WORDS = 'taken at 40.7 N by Ada';

async function moving(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await Promise.all([noise(50, 40), noise(50, 40)].map((frame) => frame.png().toBuffer()));
  return sharp(frames, { join: { animated: true } })
    [format]({ loop: 3 })
    .toBuffer();
}

/** A GIF with a comment and an application extension after its header. */
function tellingGif(gif: Buffer): Buffer {
  const packed = gif[10] ?? 0;
  const start = 13 + (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
  const comment = Buffer.from([0x21, 0xfe, WORDS.length, ...Buffer.from(WORDS), 0]);
  const program = Buffer.from([
    0x21,
    0xff,
    11,
    ...Buffer.from('XMP DataXMP'),
    WORDS.length,
    ...Buffer.from(WORDS),
    0,
  ]);
  return Buffer.concat([gif.subarray(0, start), comment, program, gif.subarray(start)]);
}

function chunk(type: string, content: string): Buffer {
  const body = Buffer.from(type + content);
  const [head, tail] = [Buffer.alloc(4), Buffer.alloc(4)];
  head.writeUInt32BE(content.length);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
}

/** A PNG with text before its image data and after its end. */
function tellingPng(png: Buffer): Buffer {
  const afterHeader = 8 + 25;
  const words = [chunk('tEXt', `Location\0${WORDS}`), chunk('eXIf', WORDS)];
  return Buffer.concat([
    png.subarray(0, afterHeader),
    ...words,
    png.subarray(afterHeader),
    Buffer.from(WORDS),
  ]);
}

async function tellingWebp(): Promise<Buffer> {
  const frames = await moving('webp');
  return sharp(frames, { animated: true })
    .withExif({ IFD0: { Copyright: WORDS } })
    .webp({ loop: 3 })
    .toBuffer();
}

async function tellingJpeg(): Promise<Buffer> {
  const jpeg = await withGps(await photograph(60, 40), 1);
  const comment = Buffer.from([0xff, 0xfe, 0, WORDS.length + 2, ...Buffer.from(WORDS)]);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2), Buffer.from(WORDS)]);
}

const pixels = (bytes: Buffer) => sharp(bytes, { animated: true }).raw().toBuffer();

describe.each([
  ['gif', async () => tellingGif(await moving('gif'))],
  ['png', async () => tellingPng(await noise(30, 20).png().toBuffer())],
  ['webp', tellingWebp],
  ['jpeg', tellingJpeg],
] as const)('a %s', (format, make) => {
  it('loses its metadata and no pixel', async () => {
    const bytes = await make();
    expect(bytes.includes(WORDS)).toBe(true);
    const bare = stripped(bytes, format) ?? bytes;
    expect(bare.includes(WORDS)).toBe(false);
    expect((await pixels(bare)).equals(await pixels(bytes))).toBe(true);
    const { exif, xmp, comments, pages, loop } = await sharp(bare).metadata();
    const before = await sharp(bytes).metadata();
    expect({ exif, xmp, comments, pages, loop }).toEqual({ pages: before.pages, loop: before.loop });
    expect(stripped(bare, format)).toBeUndefined();
  });

  it('is refused if truncated', async () => {
    const bytes = await make();
    expect(() => stripped(bytes.subarray(0, bytes.length / 3), format)).toThrow();
  });
});

it('a PNG keeps its frames', () => {
  const bytes = animatedPng(30, 20);
  expect(stripped(bytes, 'png')).toBeUndefined();
  expect(stripped(tellingPng(bytes), 'png')?.equals(bytes)).toBe(true);
});
