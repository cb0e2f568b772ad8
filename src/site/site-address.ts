import type { Config } from '../config/schema.js';
import { pictureUrl } from '../render/links.js';

/** Where a site is. */
export interface SiteAddress {
  /** Its address, where everybody finds it; without a slash at the end. */
  readonly url: string;
  /** What its own links begin with: empty, or such as `/news`. */
  readonly base: string;
}

/** @param base where it is served from instead of the path of newsletter.url */
export function siteAddress({ newsletter, archive }: Config, base = archive.base): SiteAddress {
  return { url: newsletter.url, base: base ?? new URL(newsletter.url).pathname.replace(/\/+$/, '') };
}

/** The path of the page of an issue. */
export function issuePath({ base }: SiteAddress, number: number): string {
  return `${base}/issues/${number}/`;
}

/** The path of a file of the newsletter's issues/ folder, which is where mails look for it, too. */
export function assetPath({ base }: SiteAddress, source: string): string {
  return pictureUrl(source, base);
}
