import { join } from 'node:path';
import { z } from 'zod';
import { configurationError } from '../../findings/error.js';
import { exists, readBytes, writeFile } from '../../platform/files.js';

/** File in the site folder that lists the files of obn. */
export const MANIFEST = '.obn-archive.json';
const MAX_BYTES = 64_000_000;

/** A path inside the folder. */
const path = z
  .string()
  .refine(
    (name) => !/^[/\\]|\\|^[a-z]:/i.test(name) && name.split('/').every((part) => !/^\.{0,2}$/.test(part)),
  );

const entry = z.object({
  /** Digest of the inputs. The same key means the same file. */
  key: z.string(),
  /** Digest of its bytes. */
  digest: z.string(),
  size: z.int().min(0),
});

const schema = z.object({
  version: z.literal(1),
  files: z.record(path, entry),
  /** Files about to be moved into place when this was written, with the digests of their bytes. */
  moving: z.record(path, z.string()).default({}),
});

export type Entry = Readonly<z.output<typeof entry>>;

export interface Manifest {
  readonly files: ReadonlyMap<string, Entry>;
  readonly moving: ReadonlyMap<string, string>;
}

/**
 * @throws ObnError when it exists but cannot be read, because then it is unknown which files belong to obn.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, MANIFEST);
  if (!exists(file)) return { files: new Map(), moving: new Map() };
  const read = schema.safeParse(parsed((await readBytes(file, MAX_BYTES)).toString()));
  if (!read.success) {
    const hint = 'delete the site and build it again, or restore the manifest from a backup';
    throw configurationError(`${file} is not a valid manifest`, { hint });
  }
  const { files, moving } = read.data;
  return { files: new Map(Object.entries(files)), moving: new Map(Object.entries(moving)) };
}

export async function writeManifest(folder: string, { files, moving }: Manifest): Promise<void> {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const value = { version: 1, files: Object.fromEntries(sorted), moving: Object.fromEntries(moving) };
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(value, null, 1)}\n`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
