/** Formats made of chunks, so that metadata such as author or location can be left out. */
const STRIP: Readonly<Record<string, (bytes: Buffer) => Generator<Buffer>>> = { png, gif, webp, jpeg };

/**
 * Removes metadata from an image without changing any other byte.
 * @returns undefined if there is nothing to remove, or the format is not supported
 * @throws Error when the file violates its format
 */
export function stripped(bytes: Buffer, format: string): Buffer | undefined {
  const pieces = STRIP[format]?.(bytes);
  if (!pieces) return undefined;
  const bare = Buffer.concat([...pieces]);
  if (format === 'webp') bare.writeUInt32LE(bare.length - 8, 4);
  return bare.equals(bytes) ? undefined : bare;
}

function slice(bytes: Buffer, start: number, length: number): Buffer {
  if (length < 0 || start + length > bytes.length) throw new Error('it is truncated');
  return bytes.subarray(start, start + length);
}

const PNG_CHUNKS = new Set(
  'IHDR PLTE IDAT IEND tRNS acTL fcTL fdAT gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs mDCV cLLI'.split(' '),
);

function* png(bytes: Buffer): Generator<Buffer> {
  yield slice(bytes, 0, 8);
  for (let at = 8, type = ''; type !== 'IEND'; ) {
    const length = slice(bytes, at, 8).readUInt32BE();
    type = bytes.toString('latin1', at + 4, at + 8);
    const chunk = slice(bytes, at, length + 12);
    if (PNG_CHUNKS.has(type)) yield chunk;
    at += chunk.length;
  }
}

const GIF = { image: 0x2c, extension: 0x21, end: 0x3b, control: 0xf9, application: 0xff } as const;

function* gif(bytes: Buffer): Generator<Buffer> {
  const colours = (packed: number) => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
  const header = slice(bytes, 0, 13 + colours(slice(bytes, 0, 13)[10] ?? 0));
  yield header;
  for (let at = header.length; ; ) {
    const [kind, label] = slice(bytes, at, 1 + (bytes[at] === GIF.extension ? 1 : 0));
    if (kind === GIF.end) return yield slice(bytes, at, 1);
    if (kind !== GIF.image && kind !== GIF.extension) throw new Error('it has an unknown block type');
    const head = kind === GIF.image ? 11 + colours(slice(bytes, at, 11)[9] ?? 0) : 2;
    const block = slice(bytes, at, endOfBlocks(bytes, at + head) - at);
    const repeats = /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(block.toString('latin1', 3, 14));
    if (kind === GIF.image || label === GIF.control || (label === GIF.application && repeats)) yield block;
    at += block.length;
  }
}

function endOfBlocks(bytes: Buffer, start: number): number {
  let at = start;
  for (let [length = 0] = slice(bytes, at, 1); length > 0; [length = 0] = slice(bytes, at, 1))
    at += length + 1;
  return at + 1;
}

const WEBP_FLAGS = { exif: 0x08, xmp: 0x04 } as const;
const WEBP_CHUNKS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);

function* webp(bytes: Buffer): Generator<Buffer> {
  yield Buffer.from(slice(bytes, 0, 12));
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const chunk = Buffer.from(slice(bytes, at, Math.min(8 + length + (length % 2), bytes.length - at)));
    if (chunk.length < 8 + length) throw new Error('it is truncated');
    if (type === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~(WEBP_FLAGS.exif | WEBP_FLAGS.xmp);
    if (WEBP_CHUNKS.has(type)) yield chunk;
    at += chunk.length;
  }
}

const JPEG = {
  marker: 0xff,
  end: 0xd9,
  scan: 0xda,
  comment: 0xfe,
  app0: 0xe0,
  app2: 0xe2,
  app14: 0xee,
  app15: 0xef,
};

function* jpeg(bytes: Buffer): Generator<Buffer> {
  yield slice(bytes, 0, 2);
  for (let at = 2; ; ) {
    const [marker, kind = 0] = slice(bytes, at, 2);
    if (marker !== JPEG.marker) throw new Error('a marker is missing');
    if (kind === JPEG.end) return yield slice(bytes, at, 2);
    if (kind === JPEG.marker) {
      at += 1;
      continue;
    }
    const end = at + 2 + slice(bytes, at, 4).readUInt16BE(2);
    const segment = slice(bytes, at, (kind === JPEG.scan ? endOfScan(bytes, end) : end) - at);
    if (isPicture(kind, segment)) yield segment;
    at += segment.length;
  }
}

/** A color profile is kept. Everything else in such segments is metadata. */
function isPicture(kind: number, segment: Buffer): boolean {
  if (kind === JPEG.app2) return segment.toString('latin1', 4, 15) === 'ICC_PROFILE';
  if (kind === JPEG.app0) return segment.toString('latin1', 4, 8) === 'JFIF';
  return kind === JPEG.app14 || (kind !== JPEG.comment && (kind < JPEG.app0 || kind > JPEG.app15));
}

/** In scan data, a marker byte followed by zero is data, and eight markers are restarts. */
function endOfScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(JPEG.marker, start); at >= 0; at = bytes.indexOf(JPEG.marker, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== JPEG.marker && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new Error('it is truncated');
}
