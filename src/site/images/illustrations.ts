import { join, posix } from 'node:path';
import type { Newsletter } from '../../config/load.js';
import { issuesFolder } from '../../issue/store.js';
import { fileStamp, readBytes } from '../../platform/files.js';
import { linkedOut } from '../../platform/folder.js';
import { isOwn, measurePictures } from '../../render/pictures.js';
import type { PagePicture } from '../pages/page-renderer.js';
import type { SiteAddress } from '../site-address.js';
import { screenPictures } from './site-images.js';

/** A file that is copied to the site. */
export interface Copy {
  readonly path: string;
  /** Changes when its content does. */
  readonly key: string;
  readonly source: string;
}

export interface Illustrations {
  /** How pages show each image, by source. Contains no remote or missing images. */
  readonly pictures: ReadonlyMap<string, PagePicture>;
  readonly copies: readonly Copy[];
  /** Images that cannot be shown, with the reason. */
  readonly faulty: ReadonlyMap<string, string>;
}

/** Extensions that may be published. Servers derive the content type from them. */
const IMAGE = /\.(png|jpe?g|gif|webp|avif|svg|bmp|tiff?|ico)$/i;

/** Image sources in the issues of a site. */
export interface ImageSources {
  /** Shown on pages. */
  readonly shown: readonly string[];
  /** Shown only in emails so far: from issues that are not drafts and whose pages are not public yet. */
  readonly mailed: readonly string[];
}

/** Prepares the images of a site: sizes for screens, and the originals that emails use. */
export async function illustrate(
  newsletter: Newsletter,
  place: SiteAddress,
  sources: ImageSources,
  cache: string,
): Promise<Illustrations> {
  const early = new Set(sources.mailed.filter((source) => !sources.shown.includes(source)));
  const own = new Map(
    [...sources.shown, ...early]
      .filter((source) => isOwn(source) && IMAGE.test(source))
      .map((source) => [join(issuesFolder(newsletter.root), source), source]),
  );
  const away = linkedOut(newsletter.root, [...own.keys()]);
  const shown = [...own.keys()].filter((file) => !away.has(file) && !file.includes('\\'));
  const made = await screenPictures(shown, cache);
  const pictures = new Map<string, PagePicture>();
  const copies = new Map<string, Copy>();
  const faulty = new Map<string, string>();
  const add = (copy: Copy) => copies.set(copy.path, copy);
  for (const [file, source] of own) {
    const path = posix.normalize(source);
    const picture = made.pictures.get(file);
    if (!picture) {
      const why = away.has(file)
        ? 'is a link to a file outside of the newsletter'
        : 'has a backslash in its name, which a URL cannot contain';
      // `obn check` names the faulty images of an issue that has no page yet.
      if (!early.has(source)) faulty.set(source, made.faulty.get(file) ?? why);
      const mailed = shown.includes(file) && (await isHarmless(newsletter.root, source));
      if (mailed) add({ path, key: `file ${await fileStamp(file)}`, source: file });
      continue;
    }
    const kind = picture.original === file ? 'original' : 'bare';
    add({ path, key: `${kind} ${picture.src}`, source: picture.original });
    if (early.has(source)) continue;
    for (const asset of picture.files) add({ ...asset, key: `picture ${asset.path}` });
    const url = (one: string) => `${place.base}/${one}`;
    const { width, height } = picture;
    const srcset = picture.srcset.map((one) => `${url(one.path)} ${one.width}w`).join(', ');
    pictures.set(source, { url: url(picture.src), width, height, ...(srcset === '' ? {} : { srcset }) });
  }
  return { pictures, copies: [...copies.values()], faulty };
}

const MAX_BYTES = 50_000_000;
/** Signatures of metadata: EXIF, XMP, IPTC. */
const METADATA = /Exif|eXIf|xmpmeta|Photoshop 3\.0/;

/** Whether an email may show an image that pages cannot: it is an image, and it has no metadata. */
async function isHarmless(root: string, source: string): Promise<boolean> {
  const measured = await measurePictures(root, [source]).catch(() => undefined);
  const format = measured?.get(source)?.image?.format;
  if (format === undefined || format === 'svg') return false;
  const bytes = await readBytes(join(issuesFolder(root), source), MAX_BYTES).catch(() => undefined);
  return bytes !== undefined && !METADATA.test(bytes.toString('latin1'));
}
