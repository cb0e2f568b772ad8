import type { Metadata, Sharp } from 'sharp';
import { loadSharp, MAX_PIXELS } from './sharp.js';
import { stripped } from './strip.js';
import { safeDrawing } from './svg.js';

/** Widths in pixels: a phone, a column of text on a dense screen, and the same on a denser one. */
const WIDTHS = [480, 960, 1440] as const;
/** What readers see who know of no srcset, which are feeds and old programs. */
const PLAIN_WIDTH = 960;
/** A drawing compresses well without loss; above so many bytes for each pixel a picture is a photograph. */
const DRAWING_BYTES = 0.5;
/** Nobody's picture takes so long. */
const MAX_SECONDS = 60;

type Format = 'jpeg' | 'png' | 'webp' | 'avif';

export interface Variant {
  readonly width: number;
  readonly height: number;
  readonly extension: string;
  readonly bytes: Buffer;
}

/** The forms of one picture. */
export interface Variants {
  /** In pixels, upright. */
  readonly width: number;
  readonly height: number;
  /** From narrow to wide; none when the picture is shown as it is. */
  readonly screens: readonly Variant[];
  /** For those who know no srcset; undefined when the picture itself does. */
  readonly plain: Variant | undefined;
  /** As large as the picture itself, without its metadata; undefined when it has none. */
  readonly bare: Variant | undefined;
  /** How the name of the picture itself has to end. */
  readonly extension: string;
}

/**
 * Makes the forms of a picture that a page needs.
 * @throws Error, with the words of the library, when it cannot be read.
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

/** @throws UnsafeDrawing; and Error, when it is too much to draw. */
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

/** A picture within a drawing, as the address that holds it. */
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

/** The picture as WebP, and with what options it is smallest; undefined when the own format is no larger. */
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

/** In which format the picture is kept for those who know no WebP. */
function ownFormat({ format, hasAlpha, compression }: Metadata): Format {
  if (format === 'jpeg' || format === 'png' || format === 'webp') return format;
  if (format === 'heif' && compression === 'av1') return 'avif';
  return format === 'gif' || hasAlpha ? 'png' : 'jpeg';
}

/** Whether browsers show the format. */
function isShown({ format, compression }: Metadata): boolean {
  return ['jpeg', 'png', 'webp', 'gif', 'svg'].includes(format) || compression === 'av1';
}

function extensionOf({ format, compression }: Metadata): string {
  if (format === 'jpeg') return 'jpg';
  return format === 'heif' && compression === 'av1' ? 'avif' : format;
}

/** Where it was taken and by whom; a picture that is turned has to be turned once for all, too. */
function hasMetadata({ exif, xmp, iptc, orientation, comments }: Metadata): boolean {
  return Boolean(exif || xmp || iptc || comments?.length) || (orientation ?? 1) > 1;
}

/** Several frames; of an animated PNG, whose frames the library does not know, the chunk that says so. */
function isAnimated({ pages = 1, format }: Metadata, bytes: Buffer): boolean {
  if (format === 'png') {
    const frames = bytes.indexOf('acTL');
    return frames > 0 && frames < bytes.indexOf('IDAT');
  }
  return pages > 1 && format !== 'heif' && format !== 'tiff';
}
