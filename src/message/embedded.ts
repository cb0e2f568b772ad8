import type { Slotted } from '../render/slots.js';

/** An embedded image (RFC 2392), referenced in HTML as `cid:ID`. */
export interface EmbeddedImage {
  readonly id: string;
  /** Such as `image/png`. */
  readonly type: string;
  /** ASCII, without quotes. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Image references in HTML: attributes, and URLs in styles. */
const ADDRESSES = [/(\s(?:src|background)=")([^"]+)(")/g, /(url\(\s*['"]?)(https?:[^'")\s]+)(['"]?\s*\))/g];
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&#39;': "'",
  '&#x27;': "'",
  '&quot;': '"',
};

const decoded = (address: string) =>
  address.replace(/&(?:amp|#39|#x27|quot);/g, (one) => ENTITIES[one] ?? one);

/** URLs of the images in a message that are the same for every reader. */
export function imageAddresses(html: Slotted): string[] {
  const found = new Set<string>();
  replaceImages(html, (address) => {
    found.add(address);
    return undefined;
  });
  return [...found];
}

/** Replaces image URLs. @param other returns the new URL, or undefined to keep it */
export function replaceImages(html: Slotted, other: (address: string) => string | undefined): Slotted {
  const replace = (source: string, before: string, address: string, after: string) => {
    const web = decoded(address);
    const instead = /^https?:\/\//i.test(web) ? other(web) : undefined;
    return instead === undefined ? source : `${before}${instead}${after}`;
  };
  return html.map((piece) =>
    typeof piece === 'string' ? ADDRESSES.reduce((text, one) => text.replace(one, replace), piece) : piece,
  );
}

/** The image as a multipart/related part, without the preceding boundary. */
export function imagePart({ id, type, name, bytes }: EmbeddedImage): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  const header = [
    `Content-Type: ${type}; name="${name}"`,
    'Content-Transfer-Encoding: base64',
    `Content-ID: <${id}>`,
    `Content-Disposition: inline; filename="${name}"`,
  ];
  return `${header.join('\r\n')}\r\n\r\n${lines.join('\r\n')}\r\n`;
}
