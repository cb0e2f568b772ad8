import { isOwn, type PictureFile } from '../render/pictures.js';
import { isPublicHost } from './public-host.js';

const isWeb = (src: string) => /^https?:/i.test(src);

/** What a picture is called where something is said of it. */
export function pictureName(src: string): string {
  return isWeb(src) ? src : `issues/${src}`;
}

/** Why there is no such picture among the files of the newsletter; undefined: there is, or it is one of the web. */
export function fileProblem(src: string, file: PictureFile | undefined): string | undefined {
  if (isWeb(src)) return undefined;
  if (!isOwn(src)) return `${src} is no path below issues/`;
  if (!file) return `there is no picture issues/${src}`;
  return file.image ? undefined : `issues/${src} is not a picture that can be read`;
}

/** See https://www.caniemail.com. */
const SHOWN = new Set(['png', 'jpg', 'jpeg', 'gif', 'bmp']);
const NAMED = /\.(svg|webp|avif|heic|heif|tiff?|ico|jxl|psd)$/i;

/** What is wrong with the format of a picture; of one of the web, its name says which it has. */
export function formatProblem(src: string, file: PictureFile | undefined): string | undefined {
  const named = isWeb(src) && URL.canParse(src) ? NAMED.exec(new URL(src).pathname)?.[1] : undefined;
  const format = (file?.image?.format ?? named)?.toLowerCase();
  if (format === undefined || SHOWN.has(format)) return undefined;
  const blind = format === 'svg' ? 'Gmail' : 'Outlook for Windows';
  return `${pictureName(src)} is ${format.toUpperCase()}, which ${blind} does not show`;
}

/** Which host a picture is fetched from, if readers cannot reach it. */
export function unreachableHost(src: string, site: string): string | undefined {
  const { hostname } = new URL(isWeb(src) ? src : site);
  return isPublicHost(hostname) ? undefined : hostname;
}
