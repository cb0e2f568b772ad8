import { isOwn, type PictureFile } from '../render/pictures.js';
import { isPublicHost } from './public-host.js';

const isWeb = (src: string) => /^https?:/i.test(src);

/** The name of an image in messages. */
function pictureName(src: string): string {
  return isWeb(src) ? src : `issues/${src}`;
}

/** Why the newsletter has no such image file; undefined when it has, and for an image on the web. */
export function fileProblem(src: string, file: PictureFile | undefined): string | undefined {
  if (isWeb(src)) return undefined;
  if (!isOwn(src)) return `${src} is not a path below issues/`;
  if (!file) return `there is no image issues/${src}`;
  return file.image ? undefined : `issues/${src} is not an image that obn can read`;
}

/** See https://www.caniemail.com. */
const SHOWN = new Set(['png', 'jpg', 'jpeg', 'gif', 'bmp']);
const NAMED = /\.(svg|webp|avif|heic|heif|tiff?|ico|jxl|psd)$/i;

/** What is wrong with the format of an image; for an image on the web, the file name tells the format. */
export function formatProblem(src: string, file: PictureFile | undefined): string | undefined {
  const named = isWeb(src) && URL.canParse(src) ? NAMED.exec(new URL(src).pathname)?.[1] : undefined;
  const format = (file?.image?.format ?? named)?.toLowerCase();
  if (format === undefined || SHOWN.has(format)) return undefined;
  const blind = format === 'svg' ? 'Gmail' : 'Outlook for Windows';
  return `${pictureName(src)} is ${format.toUpperCase()}, which ${blind} does not show`;
}

/** The host of an image, if readers cannot reach it. */
export function unreachableHost(src: string, site: string): string | undefined {
  const { hostname } = new URL(isWeb(src) ? src : site);
  return isPublicHost(hostname) ? undefined : hostname;
}
