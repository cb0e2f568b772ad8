import { createHash } from 'node:crypto';
import { extname, join } from 'node:path';
import type { Newsletter } from '../config/load.js';
import { issuesFolder } from '../issue/store.js';
import type { CompiledMessage } from '../message/compiled.js';
import { type EmbeddedImage, imageAddresses, replaceImages } from '../message/embedded.js';
import { fileWithin, readBytes } from '../platform/files.js';
import { screenPictures } from '../site/images/site-images.js';

/** Formats that mail programs show. Other images stay links. */
const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
};
/** Servers accept 25 MB or less, and base64 adds a third. */
const MAX_BYTES = 15_000_000;

/**
 * Embeds the images of the newsletter's folder in a message, so that they show before the archive is published.
 * They are converted as for the archive: upright, and without camera metadata.
 */
export async function embedImages(
  { root, config }: Newsletter,
  message: CompiledMessage,
): Promise<{ message: CompiledMessage; images: EmbeddedImage[] }> {
  const site = `${config.newsletter.url}/`;
  const files = new Map<string, string>();
  for (const address of imageAddresses(message.html)) {
    const path = address.startsWith(site) ? pathOf(address.slice(site.length)) : undefined;
    const file = path !== undefined && typeOf(path) && (await fileWithin(issuesFolder(root), path));
    if (file) files.set(address, file);
  }
  if (files.size === 0) return { message, images: [] };
  const { pictures } = await screenPictures([...files.values()], join(root, '.obn/cache/archive/pictures'));
  const images = new Map<string, EmbeddedImage>();
  let left = MAX_BYTES;
  for (const [address, file] of files) {
    const original = pictures.get(file)?.original;
    const bytes =
      original === undefined ? undefined : await readBytes(original, MAX_BYTES).catch(() => undefined);
    if (!bytes || bytes.length > left) continue;
    left -= bytes.length;
    images.set(address, { ...nameOf(address, file), type: typeOf(file) ?? '', bytes });
  }
  const html = replaceImages(message.html, (address) => {
    const image = images.get(address);
    return image && `cid:${image.id}`;
  });
  return { message: { ...message, html }, images: [...images.values()] };
}

const typeOf = (path: string) => TYPES[extname(path).toLowerCase()];

function nameOf(address: string, file: string): { id: string; name: string } {
  const digest = createHash('sha256').update(address).digest('hex').slice(0, 24);
  return { id: `${digest}@obn.invalid`, name: `${digest}${extname(file).toLowerCase()}` };
}

function pathOf(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.replace(/[?#].*$/s, ''));
  } catch {
    return undefined;
  }
}
