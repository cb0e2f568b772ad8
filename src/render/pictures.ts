import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as ImageSize from 'image-size';
import { readBytes, readHead } from '../platform/files.js';

const require = createRequire(import.meta.url);

/** A file that a picture is meant to be in. */
export interface PictureFile {
  readonly bytes: number;
  /** Undefined when the file is none that can be measured. */
  readonly image: Measured | undefined;
}

interface Measured {
  /** Such as `png`. */
  readonly format: string;
  /** In pixels, as it is shown. */
  readonly width: number;
  readonly height: number;
}

/** How wide the text of a web page is, in pixels; partials/styles/web.html.hbs says so, and how far it is from the edge. */
const PAGE_COLUMN = 632;

/** A picture as templates show it; where only its address is asked for, it is that. */
export class PictureView {
  /** As it is shown, in pixels; undefined when it cannot be measured. */
  readonly width: number | undefined;
  readonly height: number | undefined;

  /** Which of the sizes in `srcset` a browser takes. */
  readonly sizes: string | undefined;

  /**
   * @param column what it is not to be wider than.
   * @param srcset the picture in several sizes, as HTML writes them
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

  /** What stands on an `img` in Markdown. */
  attributes(): Record<'src' | 'width' | 'height' | 'srcset' | 'sizes', string | number | undefined> {
    const { url, width, height, srcset, sizes } = this;
    return { src: url, width, height, srcset, sizes };
  }

  toString(): string {
    return this.url;
  }
}

/** Nearly every format says within so many bytes how large a picture is. */
const HEAD_BYTES = 128 * 1024;
/** Nobody's picture; what is larger is not looked at any further. */
const MAX_BYTES = 50_000_000;

/**
 * Measures those pictures that are files of the newsletter.
 * @param sources paths relative to issues/, or web addresses.
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

/** Whether a source is a path below issues/. */
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

/** EXIF, turns by a quarter: what is wide in the file is high on the screen. */
const FIRST_TURNED = 5;

function sizeOf(bytes: Uint8Array): Measured | undefined {
  // Required when it is needed, which takes half the time of an import: it has a file for each format.
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
