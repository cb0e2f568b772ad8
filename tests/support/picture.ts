import { crc32, deflateSync } from 'node:zlib';

/** A picture of one colour. */
export function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((width + 1) * height));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * The head of a JPEG, which is all that measuring one needs.
 * @param before so many bytes of other things stand before the size
 * @param orientation as EXIF has it, from 1
 */
export function jpeg(width: number, height: number, { before = 0, orientation = 1 } = {}): Buffer {
  const segment = (marker: number, data: Buffer) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([head, data]);
  };
  const tiff = Buffer.from(`4d4d002a00000008000101120003000000010000000000000000`, 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const exif = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff]));
  const size = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  size.writeUInt16BE(height, 1);
  size.writeUInt16BE(width, 3);
  const others = Array.from({ length: Math.ceil(before / 60_000) }, () =>
    segment(0xe2, Buffer.alloc(60_000)),
  );
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    exif,
    ...others,
    segment(0xc0, size),
    Buffer.from([0xff, 0xd9]),
  ]);
}
