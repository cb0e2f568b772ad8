import { createHash } from 'node:crypto';
import { basename, extname, join } from 'node:path';
import pLimit from 'p-limit';
import slugify from 'slugify';
import { messageOf, ObnError } from '../../findings/error.js';
import { visible } from '../../findings/visible.js';
import { exists, fileStamp, readBytes, writeFile } from '../../platform/files.js';
import { PictureMemory, type Remembered } from './image-cache.js';
import { MAX_PIXELS, PARALLEL } from './sharp.js';
import { UnsafeDrawing } from './unsafe-drawing.js';

/** A file of the site from the cache or the newsletter. */
export interface SiteAsset {
  /** Path relative to the site root. */
  readonly path: string;
  /** File to copy it from. */
  readonly source: string;
}

/** An image in several sizes. */
export interface ScreenPicture {
  /** Width of the largest variant, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Path of the fallback for clients without srcset. */
  readonly src: string;
  /** From narrow to wide; empty for an image without variants, such as an animation or vector drawing. */
  readonly srcset: readonly { readonly path: string; readonly width: number }[];
  readonly files: readonly SiteAsset[];
  /** The full-size image for emails, in its original format, rotated upright and without metadata. */
  readonly original: string;
}

export interface ScreenPictures {
  readonly pictures: ReadonlyMap<string, ScreenPicture>;
  /** Why an image cannot be shown, to follow its name. */
  readonly faulty: ReadonlyMap<string, string>;
}

/** Same limit as for images in emails. */
const MAX_BYTES = 50_000_000;

/**
 * Creates the image variants for pages: several sizes, rotated upright, without metadata such as GPS
 * positions, as WebP if that is smaller. Variants of the same bytes come from the cache.
 * @param sources absolute paths
 * @param cache a folder, created on demand
 */
export async function screenPictures(sources: readonly string[], cache: string): Promise<ScreenPictures> {
  const memory = await PictureMemory.open(cache);
  const limit = pLimit(PARALLEL);
  const pictures = new Map<string, ScreenPicture>();
  const faulty = new Map<string, string>();
  const work = [...new Set(sources)].map((source) =>
    limit(async () => {
      try {
        pictures.set(source, screenPicture(source, await recall(source, memory), cache));
      } catch (error) {
        faulty.set(source, reasonOf(error, source));
      }
    }),
  );
  await Promise.all(work);
  await memory.save();
  return { pictures, faulty };
}

async function recall(source: string, memory: PictureMemory): Promise<Remembered> {
  const stamp = await fileStamp(source);
  if (stamp === undefined) throw new Error('does not exist');
  const known = memory.of(source, stamp);
  if (known) return known;
  const bytes = await readBytes(source, MAX_BYTES);
  const key = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  const picture = memory.byKey(key) ?? (await make(key, bytes, memory.folder));
  memory.keep(source, stamp, picture);
  return picture;
}

async function make(key: string, bytes: Buffer, cache: string): Promise<Remembered> {
  const { makeVariants } = await import('./image-variants.js');
  const { width, height, screens, plain, bare, extension } = await makeVariants(bytes);
  const fileOf = (kind: string, end: string) => `${key}-${kind}.${end}`;
  const files = [
    ...screens.map((one) => ({ name: fileOf(String(one.width), one.extension), bytes: one.bytes })),
    ...(plain ? [{ name: fileOf(String(plain.width), plain.extension), bytes: plain.bytes }] : []),
    ...(bare ? [{ name: fileOf('bare', bare.extension), bytes: bare.bytes }] : []),
  ];
  for (const file of files) {
    if (!exists(join(cache, file.name))) await writeFile(join(cache, file.name), file.bytes);
  }
  return {
    key,
    width,
    height,
    extension,
    screens: screens.map((one) => ({ file: fileOf(String(one.width), one.extension), width: one.width })),
    plain: plain && fileOf(String(plain.width), plain.extension),
    bare: bare && fileOf('bare', bare.extension),
  };
}

/** Length of the digest in paths, which makes a path change with its image. */
const KEY_IN_PATH = 10;

function screenPicture(source: string, picture: Remembered, cache: string): ScreenPicture {
  const { key, width, height, extension } = picture;
  const slug = slugify(basename(source, extname(source)), { lower: true, strict: true }).slice(0, 60);
  const name = [slug, key.slice(0, KEY_IN_PATH)].filter(Boolean).join('-');
  const cached = (file: string): SiteAsset => ({
    path: `pictures/${name}${file.slice(key.length)}`,
    source: join(cache, file),
  });
  const plain = picture.plain ? cached(picture.plain) : { path: `pictures/${name}.${extension}`, source };
  const screens = picture.screens.map((screen) => ({ ...cached(screen.file), width: screen.width }));
  return {
    width,
    height,
    src: plain.path,
    srcset: screens.map((screen) => ({ path: screen.path, width: screen.width })),
    files: [plain, ...screens]
      .filter(({ path }, index) => index === 0 || path !== plain.path)
      .map((file) => ({ path: file.path, source: file.source })),
    original: picture.bare ? join(cache, picture.bare) : source,
  };
}

/** Turns an error of the image library into a reason with a fix. */
function reasonOf(error: unknown, source: string): string {
  const message = visible(messageOf(error)).replaceAll(source, '').trim();
  if (error instanceof UnsafeDrawing) return message;
  if (error instanceof ObnError)
    return message.replace(/^:\d+:\d+ /, '').replace(/^cannot read :/, 'cannot be read:');
  if (message.includes('pixel limit')) return `has more than ${MAX_PIXELS / 1_000_000} million pixels`;
  if (message.includes('unsupported image format'))
    return 'is not a readable image: use JPEG, PNG, GIF, WebP, AVIF or SVG';
  return message === 'does not exist' ? message : `is broken: ${message}`;
}
