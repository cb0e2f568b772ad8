import { join } from 'node:path';
import { z } from 'zod';
import { ObnError } from '../../findings/error.js';
import { listFolder, readBytes, writeFile } from '../../platform/files.js';

/** Increase whenever the same image would be processed differently. */
const VERSION = 3;
const FILE = 'pictures.json';
const MAX_BYTES = 64_000_000;

const file = z.string().regex(/^[\w.-]+$/);
const remembered = z.object({
  /** Digest of the bytes, and prefix of the file names. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
  width: z.int().min(1),
  height: z.int().min(1),
  extension: z.string().regex(/^[a-z]+$/),
  screens: z.array(z.object({ file, width: z.int().min(1) })),
  plain: file.optional(),
  bare: file.optional(),
});
const schema = z.object({
  version: z.literal(VERSION),
  /** Stamp and image key of each source. */
  sources: z.record(z.string(), z.tuple([z.string(), z.string()])),
  pictures: z.array(remembered),
});

/** Variants of an image: file names in the cache. */
export type Remembered = z.output<typeof remembered>;

/**
 * Index of the image cache. It also maps unchanged files to their images, so that they are not read again.
 */
export class PictureMemory {
  private changed = false;

  private constructor(
    readonly folder: string,
    private readonly sources: Map<string, readonly [stamp: string, key: string]>,
    private readonly pictures: Map<string, Remembered>,
  ) {}

  /** Drops entries that are missing or invalid. */
  static async open(folder: string): Promise<PictureMemory> {
    const files = new Set(await listFolder(folder));
    const read = files.has(FILE) ? await readMemory(join(folder, FILE)) : undefined;
    const whole = (read?.pictures ?? []).filter((picture) =>
      [...picture.screens.map((screen) => screen.file), picture.plain, picture.bare].every(
        (name) => name === undefined || files.has(name),
      ),
    );
    const pictures = new Map(whole.map((picture) => [picture.key, picture]));
    return new PictureMemory(folder, new Map(Object.entries(read?.sources ?? {})), pictures);
  }

  of(source: string, stamp: string): Remembered | undefined {
    const known = this.sources.get(source);
    return known?.[0] === stamp ? this.pictures.get(known[1]) : undefined;
  }

  byKey(key: string): Remembered | undefined {
    return this.pictures.get(key);
  }

  keep(source: string, stamp: string, picture: Remembered): void {
    this.sources.set(source, [stamp, picture.key]);
    this.pictures.set(picture.key, picture);
    this.changed = true;
  }

  async save(): Promise<void> {
    if (!this.changed) return;
    const sources = Object.fromEntries(this.sources);
    const text = JSON.stringify({ version: VERSION, sources, pictures: [...this.pictures.values()] });
    await writeFile(join(this.folder, FILE), `${text}\n`);
  }
}

async function readMemory(path: string): Promise<z.output<typeof schema> | undefined> {
  try {
    return schema.parse(JSON.parse((await readBytes(path, MAX_BYTES)).toString()));
  } catch (error) {
    if (error instanceof ObnError || error instanceof SyntaxError || error instanceof z.ZodError)
      return undefined;
    throw error;
  }
}
