import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { png } from '../../support/picture.js';

/** What compresses badly, as photographs do. */
export function noise(width: number, height: number): Sharp {
  const options = { width, height, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 30 } } as const;
  return sharp({ create: { ...options, background: '#888888' } });
}

export async function photograph(width: number, height: number): Promise<Buffer> {
  return noise(width, height).blur(3).jpeg({ quality: 92 }).toBuffer();
}

/** The same image with a GPS position in its metadata and an EXIF orientation. */
export async function withGps(picture: Buffer, orientation: number): Promise<Buffer> {
  const gps = {
    GPSLatitudeRef: 'N',
    GPSLatitude: '40/1 42/1 0/1',
    GPSLongitudeRef: 'W',
    GPSLongitude: '74/1 0/1 0/1',
  };
  return sharp(picture)
    .withMetadata({ orientation })
    .withExifMerge({ IFD3: gps })
    .jpeg({ quality: 92 })
    .toBuffer();
}

/** A PNG with an animation chunk. */
export function animatedPng(width: number, height: number): Buffer {
  const still = png(width, height);
  const body = Buffer.concat([Buffer.from('acTL'), Buffer.from([0, 0, 0, 1, 0, 0, 0, 0])]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(8, 0);
  ends.writeUInt32BE(crc32(body), 4);
  const chunk = Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  const afterHeader = 8 + 25;
  return Buffer.concat([still.subarray(0, afterHeader), chunk, still.subarray(afterHeader)]);
}
