const BITS = 26;

/**
 * Which addresses have been seen, nearly: a bitmap of 8 MB, however long the list is. An address that was seen is always
 * found; one that was not is found by chance now and then.
 */
export class BloomFilter {
  private readonly bits = new Uint8Array(2 ** (BITS - 3));

  /** Leaves the mark of an address. @returns whether it was there before */
  add(key: string): boolean {
    const mark = hash(key);
    const bit = 1 << (mark & 7);
    const marked = this.bits[mark >>> 3] ?? 0;
    this.bits[mark >>> 3] = marked | bit;
    return (marked & bit) !== 0;
  }

  has(key: string): boolean {
    const mark = hash(key);
    return ((this.bits[mark >>> 3] ?? 0) & (1 << (mark & 7))) !== 0;
  }
}

/** FNV-1a, its upper bits folded into the lower ones. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return ((value >>> BITS) ^ value) & (2 ** BITS - 1);
}
