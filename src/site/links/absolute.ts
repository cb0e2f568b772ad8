import { DomUtils, parseDocument } from 'htmlparser2';
import type { SiteAddress } from '../site-address.js';

const ADDRESSES = ['href', 'src', 'cite', 'poster'];
/** Readers of feeds show pictures as they want to; sizes for the column of a page mean nothing there. */
const OF_THE_PAGE = ['srcset', 'sizes', 'loading'];

/**
 * The same HTML with addresses that lead somewhere wherever it is read.
 * @param page the address of the page that it is from
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

/** An address that stands on a page as others can use it; links of the site lead to where everybody finds it. */
export function absolute(address: string, { url, base }: SiteAddress, page: string): string {
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address)) return address;
  if (address.startsWith(`${base}/`)) return url + address.slice(base.length);
  return URL.canParse(address, page) ? new URL(address, page).href : address;
}
