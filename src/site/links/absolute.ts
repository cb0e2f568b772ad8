import { DomUtils, parseDocument } from 'htmlparser2';
import type { SiteAddress } from '../site-address.js';

const ADDRESSES = ['href', 'src', 'cite', 'poster'];
/** Attributes that only make sense in the layout of a page, not in feed readers. */
const OF_THE_PAGE = ['srcset', 'sizes', 'loading'];

/**
 * HTML with absolute URLs.
 * @param page URL of its page
 */
export function absoluteLinks(html: string, place: SiteAddress, page: string): string {
  const document = parseDocument(html);
  const elements = DomUtils.getElementsByTagName('*', document.children, true);
  for (const { attribs } of elements) {
    for (const name of ADDRESSES) {
      const address = attribs[name];
      if (address !== undefined) attribs[name] = absolute(address, place, page);
    }
    for (const name of OF_THE_PAGE) delete attribs[name];
  }
  return DomUtils.getOuterHTML(document.children, { encodeEntities: 'utf8' });
}

/** The absolute URL of a reference on a page. Links within the site use its public URL. */
export function absolute(address: string, { url, base }: SiteAddress, page: string): string {
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address)) return address;
  if (address.startsWith(`${base}/`)) return url + address.slice(base.length);
  return URL.canParse(address, page) ? new URL(address, page).href : address;
}
