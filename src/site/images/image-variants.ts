import type { Metadata, Sharp } from 'sharp';
import { loadSharp, MAX_PIXELS } from './sharp.js';
import { stripped } from './strip.js';
import { safeDrawing } from './svg.js';

/** Widths in pixels: a phone, and a text column at two screen densities. */
const WIDTHS = [480, 960, 1440] as const;
/** Width for clients without srcset: feed readers and old browsers. */
const PLAIN_WIDTH = 960;
/** Lossless bytes per pixel above which an image counts as a photograph. */
const DRAWING_BYTES = 0.5;
/** Time limit per image. */
const MAX_SECONDS = 60;

type Format = 'jpeg' | 'png' | 'webp' | 'avif';

export interface Variant {
  readonly width: number;
  readonly height: number;
  readonly extension: string;
  readonly bytes: Buffer;
}

/** Variants of an image. */
export interface Variants {
  /** Width in pixels after rotation. */
  readonly width: number;
  readonly height: number;
  /** From narrow to wide; empty if the image is used unchanged. */
  readonly screens: readonly Variant[];
  /** For clients without srcset; undefined if the image itself is suitable. */
  readonly plain: Variant | undefined;
  /** Full size without metadata; undefined if the image has none. */
  readonly bare: Variant | undefined;
  /** File extension of the image. */
  readonly extension: string;
}

/**
 * Creates the variants of an image for pages.
 * @throws Error with the message of the library if it cannot be read.
 */
export async function makeVariants(bytes: Buffer): Promise<Variants> {
  const open = () => loadSharp()(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
  const metadata = await open().metadata();
  const { width, height } = metadata.autoOrient;
  const extension = extensionOf(metadata);
  if (metadata.format === 'svg' || isAnimated(metadata, bytes)) {
    const kept = metadata.format === 'svg' ? await drawingOf(bytes) : stripped(bytes, metadata.format);
    const bare = kept && { width, height, extension, bytes: kept };
    return { width, height, screens: [], plain: bare, bare, extension };
  }
  const upright = () => open().autoOrient().timeout({ seconds: MAX_SECONDS });
  const own = ownFormat(metadata);
  const at = (size: number) => upright().resize({ width: size, withoutEnlargement: true });
  const widths = [...WIDTHS.filter((size) => size < width), Math.min(width, WIDTHS[2])];
  const plainWidth = widths.findLast((size) => size <= PLAIN_WIDTH) ?? width;
  const plain = await encode(at(plainWidth), own, { palette: metadata.isPalette });
  const webp = await bestWebp(() => at(plainWidth), own, plain);
  const screens = await Promise.all(
    [...new Set(widths)].map((size) => {
      if (size === plainWidth) return webp?.variant ?? plain;
      return webp
        ? encode(at(size), 'webp', webp.options)
        : encode(at(size), own, { palette: metadata.isPalette });
    }),
  );
  const shown = widths.at(-1) ?? width;
  const tagged = hasMetadata(metadata);
  const kept = tagged ? undefined : stripped(bytes, metadata.format);
  const asIs =
    !tagged && !kept && width === plainWidth && bytes.length <= plain.bytes.length && isShown(metadata);
  return {
    width: shown,
    height: Math.max(1, Math.round((height * shown) / width)),
    screens,
    plain: asIs ? undefined : plain,
    bare: tagged
      ? await encode(upright(), own, { quality: 90 })
      : kept && { width, height, extension, bytes: kept },
    extension,
  };
}

/** @throws UnsafeDrawing; and Error if it is too complex. */
async function drawingOf(bytes: Buffer): Promise<Buffer> {
  const drawing = await safeDrawing(bytes, embeddable);
  const options = { limitInputPixels: MAX_PIXELS, failOn: 'error' } as const;
  await loadSharp()(drawing, options)
    .timeout({ seconds: MAX_SECONDS })
    .resize({ width: 64 })
    .png()
    .toBuffer();
  return drawing;
}

/** An embedded image as a data URL. */
async function embeddable(bytes: Buffer): Promise<string> {
  const open = () => loadSharp()(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
  const metadata = await open().metadata();
  const own = ownFormat(metadata);
  const made = hasMetadata(metadata)
    ? await encode(open().autoOrient(), own, { quality: 90 })
    : { extension: extensionOf(metadata), bytes: stripped(bytes, metadata.format) ?? bytes };
  const type = made.extension === 'jpg' ? 'jpeg' : made.extension;
  return `data:image/${type};base64,${made.bytes.toString('base64')}`;
}

interface EncodeOptions {
  readonly quality?: number;
  readonly nearLossless?: boolean;
  readonly palette?: boolean | undefined;
}

async function encode(picture: Sharp, format: Format, options: EncodeOptions): Promise<Variant> {
  const { quality, palette = false } = options;
  const encoded = {
    jpeg: () => picture.flatten({ background: '#ffffff' }).jpeg({ quality: quality ?? 80, mozjpeg: true }),
    png: () => picture.png({ compressionLevel: 9, palette }),
    webp: () => picture.webp({ quality: quality ?? 80, nearLossless: options.nearLossless ?? false }),
    avif: () => picture.avif({ quality: quality ?? 60 }),
  }[format]();
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    extension: format === 'jpeg' ? 'jpg' : format,
    bytes: data,
  };
}

/** The smallest WebP options; undefined if the original format is not larger. */
async function bestWebp(
  picture: () => Sharp,
  own: Format,
  plain: Variant,
): Promise<{ variant: Variant; options: EncodeOptions } | undefined> {
  if (own === 'webp') return undefined;
  const ways: EncodeOptions[] = own === 'png' ? [{ nearLossless: true, quality: 60 }, {}] : [{}];
  for (const options of ways) {
    const variant = await encode(picture(), 'webp', options);
    const photograph = variant.bytes.length > DRAWING_BYTES * variant.width * variant.height;
    if (options.nearLossless && photograph) continue;
    return variant.bytes.length < plain.bytes.length ? { variant, options } : undefined;
  }
  return undefined;
}

/** Format for clients without WebP. */
function ownFormat({ format, hasAlpha, compression }: Metadata): Format {
  if (format === 'jpeg' || format === 'png' || format === 'webp') return format;
  if (format === 'heif' && compression === 'av1') return 'avif';
  return format === 'gif' || hasAlpha ? 'png' : 'jpeg';
}

/** Whether browsers support the format. */
function isShown({ format, compression }: Metadata): boolean {
  return ['jpeg', 'png', 'webp', 'gif', 'svg'].includes(format) || compression === 'av1';
}

function extensionOf({ format, compression }: Metadata): string {
  if (format === 'jpeg') return 'jpg';
  return format === 'heif' && compression === 'av1' ? 'avif' : format;
}

/** Whether it has metadata, including an orientation, which must be applied to the pixels. */
function hasMetadata({ exif, xmp, iptc, orientation, comments }: Metadata): boolean {
  return Boolean(exif || xmp || iptc || comments?.length) || (orientation ?? 1) > 1;
}

/**
 * Whether it has several frames. For PNG, which the library reads as one frame, checks the animation chunk.
 */
function isAnimated({ pages = 1, format }: Metadata, bytes: Buffer): boolean {
  if (format === 'png') {
    const frames = bytes.indexOf('acTL');
    return frames > 0 && frames < bytes.indexOf('IDAT');
  }
  return pages > 1 && format !== 'heif' && format !== 'tiff';
}
