import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { configurationError } from '../../findings/error.js';
import { listFolder, makeFolder, readBytes, removeFile } from '../../platform/files.js';
import {
  blockedPaths,
  fileSizes,
  moveFile,
  readMany,
  removeEmptyFolders,
  removeTree,
  writeNew,
} from '../../platform/folder.js';
import { digestOf } from '../digest.js';
import { type Entry, MANIFEST, type Manifest, readManifest, writeManifest } from './manifest.js';
import { inOrder } from './order.js';

/** Staging folder inside the site folder, so that moving a file is a rename. */
const STAGE = '.obn-archive-';
/** Leftovers of a killed build: its staging folder and a partial manifest. */
const LEFTOVER = /^(?:\.obn-archive-[0-9a-f]{12}|\.\.obn-archive\.json\.[0-9a-f]{12}\.tmp)$/;
const MAX_BYTES = 100_000_000;
/** Number of file names in a message. */
const TOLD = 5;

export interface Published {
  /** Number of new or changed files. */
  readonly written: number;
  readonly removed: number;
  /** Obsolete files that were kept because something other than obn changed them. */
  readonly left: readonly string[];
  /** All files that obn created. */
  readonly paths: readonly string[];
}

/**
 * Publishes a site to its folder. New files are staged and then renamed into place in order, so that every
 * page is complete and its links work at any moment. After a crash, the next build continues.
 */
export class Publication {
  private readonly next = new Map<string, Entry>();
  private readonly staged = new Map<string, string>();
  private count = 0;
  private opened: Promise<void> | undefined;

  private constructor(
    private readonly folder: string,
    private readonly stage: string,
    private readonly old: Manifest,
    private readonly sizes: ReadonlyMap<string, number>,
  ) {}

  /** @param folder absolute path of the site, created if missing */
  static async open(folder: string): Promise<Publication> {
    await makeFolder(folder);
    const old = await settled(folder, await readManifest(folder));
    const leftovers = (await listFolder(folder)).filter((name) => LEFTOVER.test(name));
    for (const name of leftovers) await removeTree(join(folder, name));
    const sizes = fileSizes(folder, [...old.files.keys()]);
    return new Publication(folder, join(folder, `${STAGE}${randomBytes(6).toString('hex')}`), old, sizes);
  }

  /** Whether the file is in place and was made from this key. */
  has(path: string, key: string): boolean {
    return this.old.files.get(path)?.key === key && this.isInPlace(path);
  }

  /** Whether the file is unchanged since an earlier build. */
  isInPlace(path: string): boolean {
    const entry = this.old.files.get(path);
    return entry !== undefined && !this.old.moving.has(path) && this.sizes.get(path) === entry.size;
  }

  /** Keeps a file. @param key its current key; default: the previous one */
  keep(path: string, key?: string): void {
    const entry = this.old.files.get(path);
    if (entry) this.next.set(path, key === undefined ? entry : { ...entry, key });
  }

  /** Keeps all files with this key. @returns false and keeps nothing if one is not in place */
  keepAll(key: string): boolean {
    const paths = [...this.old.files].filter(([, entry]) => entry.key === key).map(([path]) => path);
    if (paths.length === 0 || !paths.every((path) => this.has(path, key))) return false;
    for (const path of paths) this.keep(path);
    return true;
  }

  async put(path: string, key: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const entry = { key, digest: digestOf(bytes), size: bytes.length };
    const before = this.old.files.get(path);
    this.next.set(path, entry);
    const same = before?.digest === entry.digest && this.isInPlace(path);
    if (same) return;
    const name = String(this.count++);
    this.staged.set(path, join(this.stage, name));
    // Files are staged concurrently, so all of them wait for the folder.
    this.opened ??= makeFolder(this.stage);
    await this.opened;
    writeNew(join(this.stage, name), bytes);
  }

  /** Copies a local file to the site, unless it is up to date. */
  async copy(path: string, key: string, source: string): Promise<void> {
    if (this.has(path, key)) this.keep(path);
    else {
      const [bytes] = readMany([source], MAX_BYTES);
      // Reads an unreadable file again to get the error.
      await this.put(path, key, bytes ?? (await readBytes(source, MAX_BYTES)));
    }
  }

  /**
   * Moves everything into place and deletes obsolete files.
   * @throws ObnError when files that obn did not create are in the way. Then nothing is changed.
   */
  async finish(): Promise<Published> {
    try {
      await this.refuseForeign();
      const { old, next, staged, folder } = this;
      const gone = [...old.files.keys()].filter((path) => !next.has(path));
      if (staged.size + gone.length > 0 || old.moving.size > 0) {
        const moving = [...staged.keys()].map((path) => [path, next.get(path)?.digest ?? ''] as const);
        await writeManifest(folder, { files: old.files, moving: new Map([...old.moving, ...moving]) });
        for (const path of inOrder(staged.keys(), (one) => !old.files.has(one))) {
          moveFile(staged.get(path) ?? '', join(folder, path));
        }
      }
      const left: string[] = [];
      for (const path of gone) if (!(await this.remove(path))) left.push(path);
      await writeManifest(folder, { files: next, moving: new Map() });
      return { written: staged.size, removed: gone.length - left.length, left, paths: [...next.keys()] };
    } finally {
      await this.abandon();
    }
  }

  /** Deletes the staged files. */
  async abandon(): Promise<void> {
    await removeTree(this.stage);
  }

  private async refuseForeign(): Promise<void> {
    const foreign: string[] = [];
    const blocked = blockedPaths(this.folder, this.staged.keys());
    for (const path of this.staged.keys()) {
      if (blocked.has(path)) foreign.push(path);
      else if (!this.old.files.has(path)) {
        const digest = await digestAt(this.folder, path);
        if (digest !== undefined && digest !== this.next.get(path)?.digest) foreign.push(path);
      }
    }
    if (foreign.length === 0) return;
    const more = foreign.length > TOLD ? ` and ${foreign.length - TOLD} more` : '';
    throw configurationError(
      `${this.folder} has files in it that obn did not make: ${foreign.slice(0, TOLD).join(', ')}${more}`,
      {
        hint: `nothing was changed; move them, or choose another folder with --out (${MANIFEST} lists the files of obn)`,
      },
    );
  }

  /** @returns false if the file was changed, so it stays */
  private async remove(path: string): Promise<boolean> {
    if (blockedPaths(this.folder, [path]).has(path)) return false;
    const digest = await digestAt(this.folder, path);
    if (digest === undefined) return true;
    if (digest !== this.old.files.get(path)?.digest) return false;
    await removeFile(join(this.folder, path));
    await removeEmptyFolders(this.folder, path);
    return true;
  }
}

/** Undefined if the file does not exist. */
async function digestAt(folder: string, path: string): Promise<string | undefined> {
  const [size] = fileSizes(folder, [path]).values();
  return size === undefined ? undefined : digestOf(await readBytes(join(folder, path), MAX_BYTES));
}

/** Adds the files that an interrupted build had already moved into place. */
async function settled(folder: string, { files, moving }: Manifest): Promise<Manifest> {
  const own = new Map(files);
  for (const [path, digest] of moving) {
    if ((await digestAt(folder, path)) !== digest) continue;
    const [size = 0] = fileSizes(folder, [path]).values();
    own.set(path, { key: files.get(path)?.key ?? '', digest, size });
  }
  return { files: own, moving };
}
