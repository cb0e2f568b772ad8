import { join } from 'node:path';
import { createFile, exists, OWNER_ONLY, readUtf8 } from '../platform/files.js';
import { randomSecret } from '../platform/secret.js';

/** The path of the page that the bookmarklet opens in the preview. */
export const BOOKMARKLET_PATH = '/add';

/** The token that every bookmarklet of a newsletter contains; undefined if none was printed yet. */
export async function bookmarkletToken(root: string): Promise<string | undefined> {
  const path = tokenFile(root);
  return exists(path) ? (await readUtf8(path)).trim() : undefined;
}

/**
 * A `javascript:` URL that opens the current page in the preview, which adds it when the author confirms.
 * The token and the address are in the fragment, which no server or referrer header gets.
 */
export async function bookmarklet(root: string, port: number): Promise<string> {
  await createFile(tokenFile(root), `${randomSecret()}\n`, OWNER_ONLY);
  const token = (await bookmarkletToken(root)) ?? '';
  const page = `http://127.0.0.1:${port}${BOOKMARKLET_PATH}#${token}&`;
  const open = `open('${page}'+encodeURIComponent(location.href),'_blank','noopener,width=480,height=320')`;
  return `javascript:void(${open})`;
}

function tokenFile(root: string): string {
  return join(root, '.obn', 'bookmarklet');
}
