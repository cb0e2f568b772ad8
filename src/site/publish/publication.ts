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

/** What files of the next state wait in, within the folder of the site, so that moving them is renaming them. */
const STAGE = '.obn-archive-';
/** What a build that was killed has left: its stage, and a manifest that was not written to its end. */
const LEFTOVER = /^(?:\.obn-archive-[0-9a-f]{12}|\.\.obn-archive\.json\.[0-9a-f]{12}\.tmp)$/;
const MAX_BYTES = 100_000_000;
/** So many names of files are told; of more, how many. */
const TOLD = 5;

export interface Published {
  /** Files that are new or have changed. */
  readonly written: number;
  readonly removed: number;
  /** Files that are no part of the site any more, but were changed by somebody else, and so are left alone. */
  readonly left: readonly string[];
  /** Every file of the site that obn has made. */
  readonly paths: readonly string[];
}

/**
 * A site on its way into its folder. New files are staged first and renamed into place at the end, one by one, so that
 * at every moment each page is whole and its links lead somewhere; a crash leaves the rest to the next build.
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

  /** @param folder of the site, absolute; made when it is not there */
  static async open(folder: string): Promise<Publication> {
    await makeFolder(folder);
    const old = await settled(folder, await readManifest(folder));
    const leftovers = (await listFolder(folder)).filter((name) => LEFTOVER.test(name));
    for (const name of leftovers) await removeTree(join(folder, name));
    const sizes = fileSizes(folder, [...old.files.keys()]);
    return new Publication(folder, join(folder, `${STAGE}${randomBytes(6).toString('hex')}`), old, sizes);
  }

  /** Whether the file is in place as it would be made of what the key stands for. */
  has(path: string, key: string): boolean {
    return this.old.files.get(path)?.key === key && this.isInPlace(path);
  }

  /** Whether the file is as an earlier build has made it. */
  isInPlace(path: string): boolean {
    const entry = this.old.files.get(path);
    return entry !== undefined && !this.old.moving.has(path) && this.sizes.get(path) === entry.size;
  }

  /** Leaves a file as it is. @param key what it is made of now; default: the same as before */
  keep(path: string, key?: string): void {
    const entry = this.old.files.get(path);
    if (entry) this.next.set(path, key === undefined ? entry : { ...entry, key });
  }

  /** Leaves all files as they are that have this key. @returns false, and nothing is kept, when one is not in place */
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
    // Several are put at once, and none of them has a place before the folder is there.
    this.opened ??= makeFolder(this.stage);
    await this.opened;
    writeNew(join(this.stage, name), bytes);
  }

  /** Puts a file of this machine into the site, unless it is there. */
  async copy(path: string, key: string, source: string): Promise<void> {
    if (this.has(path, key)) this.keep(path);
    else {
      const [bytes] = readMany([source], MAX_BYTES);
      // What cannot be read is asked for once more, to say why.
      await this.put(path, key, bytes ?? (await readBytes(source, MAX_BYTES)));
    }
  }

  /**
   * Puts everything in place, and removes what is no part of the site any more.
   * @throws ObnError when there are files in the way that obn has not made; nothing is changed then.
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

  /** Takes back what was staged. */
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
        hint: `nothing was changed; move them elsewhere, or name another folder with --out (${MANIFEST} lists obn’s own)`,
      },
    );
  }

  /** @returns false when somebody has changed it, so that it stays */
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

/** Undefined when there is no such file. */
async function digestAt(folder: string, path: string): Promise<string | undefined> {
  const [size] = fileSizes(folder, [path]).values();
  return size === undefined ? undefined : digestOf(await readBytes(join(folder, path), MAX_BYTES));
}

/** Of the files that a build was about to put in place when it was cut off, those that are there are its own. */
async function settled(folder: string, { files, moving }: Manifest): Promise<Manifest> {
  const own = new Map(files);
  for (const [path, digest] of moving) {
    if ((await digestAt(folder, path)) !== digest) continue;
    const [size = 0] = fileSizes(folder, [path]).values();
    own.set(path, { key: files.get(path)?.key ?? '', digest, size });
  }
  return { files: own, moving };
}
