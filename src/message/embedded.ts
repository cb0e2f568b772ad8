import type { Slotted } from '../render/slots.js';

/** An image within a message (RFC 2392), which its HTML shows as `cid:ID`. */
export interface EmbeddedImage {
  readonly id: string;
  /** Such as `image/png`. */
  readonly type: string;
  /** ASCII, without quotes. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where HTML loads an image from: attributes, and addresses in styles. */
const ADDRESSES = [/(\s(?:src|background)=")([^"]+)(")/g, /(url\(\s*['"]?)(https?:[^'")\s]+)(['"]?\s*\))/g];
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&#39;': "'",
  '&#x27;': "'",
  '&quot;': '"',
};

const decoded = (address: string) =>
  address.replace(/&(?:amp|#39|#x27|quot);/g, (one) => ENTITIES[one] ?? one);

/** The web addresses of the images that a message loads and that are the same for every reader. */
export function imageAddresses(html: Slotted): string[] {
  const found = new Set<string>();
  replaceImages(html, (address) => {
    found.add(address);
    return undefined;
  });
  return [...found];
}

/** Puts other addresses in the place of those of images. @param other undefined: it stays */
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

/** An image as a part of a multipart/related body, without the boundary before it. */
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
