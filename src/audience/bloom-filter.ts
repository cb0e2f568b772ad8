const BITS = 26;

/**
 * A set of addresses with false positives: a bitmap of 8 MB, for a list of any length. An added address is always
 * found; another one is rarely found by chance.
 */
export class BloomFilter {
  private readonly bits = new Uint8Array(2 ** (BITS - 3));

  /** Adds an address. @returns whether it was found before */
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
