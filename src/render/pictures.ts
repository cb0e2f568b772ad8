import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as ImageSize from 'image-size';
import { readBytes, readHead } from '../platform/files.js';

const require = createRequire(import.meta.url);

/** The file of an image. */
export interface PictureFile {
  readonly bytes: number;
  /** Undefined if the file cannot be measured. */
  readonly image: Measured | undefined;
}

interface Measured {
  /** For example `png`. */
  readonly format: string;
  /** Displayed width in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Text width of a web page in pixels. partials/styles/web.html.hbs defines it, and the margin. */
const PAGE_COLUMN = 632;

/** An image for templates. As a string, it is its URL. */
export class PictureView {
  /** Displayed width in pixels; undefined if it cannot be measured. */
  readonly width: number | undefined;
  readonly height: number | undefined;

  /** The `sizes` attribute for `srcset`. */
  readonly sizes: string | undefined;

  /**
   * @param column maximum width.
   * @param srcset `srcset` attribute with several sizes
   */
  constructor(
    readonly url: string,
    image: Measured | undefined,
    column = Number.POSITIVE_INFINITY,
    readonly srcset?: string,
  ) {
    const scale = Math.min(1, column / (image?.width ?? column));
    this.width = image && Math.round(image.width * scale);
    this.height = image && Math.max(1, Math.round(image.height * scale));
    this.sizes = srcset && `min(${Math.min(image?.width ?? PAGE_COLUMN, PAGE_COLUMN)}px, 100vw - 2.5rem)`;
  }

  /** Attributes of a Markdown `img`. */
  attributes(): Record<'src' | 'width' | 'height' | 'srcset' | 'sizes', string | number | undefined> {
    const { url, width, height, srcset, sizes } = this;
    return { src: url, width, height, srcset, sizes };
  }

  toString(): string {
    return this.url;
  }
}

/** In nearly every format, the size of the image is within this many bytes. */
const HEAD_BYTES = 128 * 1024;
/** Larger files are not examined further. */
const MAX_BYTES = 50_000_000;

/**
 * Measures the images that are files of the newsletter.
 * @param sources paths relative to issues/, or URLs.
 */
export async function measurePictures(
  root: string,
  sources: readonly string[],
): Promise<Map<string, PictureFile>> {
  const own = new Set(sources.filter(isOwn));
  const files = [...own].map(
    async (source) => [source, await measure(join(root, 'issues', source))] as const,
  );
  return new Map((await Promise.all(files)).flatMap(([source, file]) => (file ? [[source, file]] : [])));
}

/** Whether a source is a path in issues/. */
export function isOwn(source: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:/i.test(source) && !source.startsWith('/') && !source.split('/').includes('..');
}

async function measure(path: string): Promise<PictureFile | undefined> {
  const read = await readHead(path, HEAD_BYTES);
  if (!read) return undefined;
  const { head, size } = read;
  const image = sizeOf(head);
  if (image || size <= head.length || size > MAX_BYTES) return { bytes: size, image };
  return { bytes: size, image: sizeOf(await readBytes(path, MAX_BYTES)) };
}

/** EXIF orientations from here on are quarter turns, which swap width and height. */
const FIRST_TURNED = 5;

function sizeOf(bytes: Uint8Array): Measured | undefined {
  // Loaded on first use. `require` takes half the time of an import, because the library has one file per
  // format.
  const { imageSize } = require('image-size') as typeof ImageSize;
  try {
    const { type = '', width, height, orientation = 1 } = imageSize(bytes);
    if (!(width > 0 && height > 0)) return undefined;
    return orientation < FIRST_TURNED
      ? { format: type, width, height }
      : { format: type, width: height, height: width };
  } catch {
    return undefined;
  }
}
