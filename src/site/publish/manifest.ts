import { join } from 'node:path';
import { z } from 'zod';
import { configurationError } from '../../findings/error.js';
import { exists, readBytes, writeFile } from '../../platform/files.js';

/** Stands in the folder of the site and says which files are obn's. */
export const MANIFEST = '.obn-archive.json';
const MAX_BYTES = 64_000_000;

/** Below the folder, without a way out of it. */
const path = z
  .string()
  .refine(
    (name) => !/^[/\\]|\\|^[a-z]:/i.test(name) && name.split('/').every((part) => !/^\.{0,2}$/.test(part)),
  );

const entry = z.object({
  /** Says what the file was made of: when it is the same, the file would be the same. */
  key: z.string(),
  /** Of its bytes. */
  digest: z.string(),
  size: z.int().min(0),
});

const schema = z.object({
  version: z.literal(1),
  files: z.record(path, entry),
  /** Files that were about to be put in place when this was written, with the digest of their bytes. */
  moving: z.record(path, z.string()).default({}),
});

export type Entry = Readonly<z.output<typeof entry>>;

export interface Manifest {
  readonly files: ReadonlyMap<string, Entry>;
  readonly moving: ReadonlyMap<string, string>;
}

/** @throws ObnError when there is one that cannot be read, as then nobody knows which files are whose. */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, MANIFEST);
  if (!exists(file)) return { files: new Map(), moving: new Map() };
  const read = schema.safeParse(parsed((await readBytes(file, MAX_BYTES)).toString()));
  if (!read.success) {
    const hint = 'remove the site and build it anew, or take the manifest from a backup';
    throw configurationError(`${file} is not what obn writes`, { hint });
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
