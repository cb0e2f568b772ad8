import type { Config } from '../config/schema.js';
import { pictureUrl } from '../render/links.js';

/** URL and base path of a site. */
export interface SiteAddress {
  /** Public URL without a trailing slash. */
  readonly url: string;
  /** Path prefix of its links: empty, or for example `/news`. */
  readonly base: string;
}

/** @param base path prefix instead of the path of newsletter.url */
export function siteAddress({ newsletter, archive }: Config, base = archive.base): SiteAddress {
  return { url: newsletter.url, base: base ?? new URL(newsletter.url).pathname.replace(/\/+$/, '') };
}

/** Path of an issue page. */
export function issuePath({ base }: SiteAddress, number: number): string {
  return `${base}/issues/${number}/`;
}

/** Path of a file of the issues/ folder. Emails use the same path. */
export function assetPath({ base }: SiteAddress, source: string): string {
  return pictureUrl(source, base);
}
