/** How far into a page its encoding must be declared (HTML, "specifying the document's character encoding"). */
const PRESCAN_BYTES = 1024;
const DECLARED = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i;

/** Decodes a page by its byte order mark, its Content-Type or its own declaration; otherwise as UTF-8. */
export function decodeHtml(bytes: Uint8Array, contentType: string | undefined): string {
  const fromHeader = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1];
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, PRESCAN_BYTES));
  const label = bomEncoding(bytes) ?? fromHeader ?? declaredIn(start) ?? 'utf-8';
  return decode(bytes, label);
}

function bomEncoding([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

/** A declaration that can be read in ASCII cannot be in UTF-16. */
function declaredIn(start: string): string | undefined {
  const label = DECLARED.exec(start)?.[1];
  return label && /^utf-?16/i.test(label) ? 'utf-8' : label;
}

function decode(bytes: Uint8Array, label: string): string {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
