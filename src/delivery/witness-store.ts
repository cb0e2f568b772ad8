import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { configurationError, messageOf, ObnError } from '../findings/error.js';
import { exists, listFolder, OWNER_ONLY, readUtf8, removeFile, writeFile } from '../platform/files.js';
import { gitFolder } from '../platform/git-folder.js';
import { writeRecord } from '../platform/record-file.js';
import type { Witness } from './witness.js';

/** Fixed length, so that a record can overwrite the previous one. */
const RECORD_BYTES = 1_024;
/** An older copy of a ledger lacks the latest sends, so comparing these is enough. */
const RECENT = 5;
const NAME = /^\d{3,}-[0-9a-f]{12}\.json$/;

const whole = z.number().int().nonnegative();

const schema = z.object({
  issue: whole,
  send: whole,
  createdAt: z.number(),
  audienceDigest: z.string(),
  retries: whole,
  reached: whole,
  handedOver: whole,
  last: z.tuple([whole, whole]).nullable(),
  ledger: z.string(),
  worker: z.string(),
  at: z.number(),
  accepted: z.boolean(),
});

/**
 * The folders of witnesses: beside the issues, in a hidden folder that git ignores and the archive never publishes, and
 * in the folder of the repository, which `git clean` keeps and all worktrees share. They are not in `.obn`, because
 * whatever removes the ledger there would remove them too.
 */
export function witnessFolders(root: string): string[] {
  const beside = join(root, 'issues', '.sent');
  const git = gitFolder(root);
  return git ? [beside, join(git.path, 'obn', keyOf(git.within))] : [beside];
}

/** Several newsletters may share a repository. */
function keyOf(within: string): string {
  return within === '' ? 'sent' : `sent-${createHash('sha256').update(within).digest('hex').slice(0, 12)}`;
}

/** The witnesses of a newsletter: a record for each issue and worker, in each folder. */
export class WitnessStore {
  constructor(private readonly folders: readonly string[]) {}

  /**
   * The witnesses of an issue, and of the latest sends.
   * @throws ObnError for a record that cannot be read
   */
  async read(issue: number): Promise<Witness[]> {
    const all: Witness[] = [];
    for (const folder of this.folders) {
      for (const name of await listFolder(folder)) {
        if (NAME.test(name)) all.push(await readWitness(join(folder, name)));
      }
    }
    const latest = [...newest(all).values()].sort((a, b) => b.at - a.at);
    const recent = new Set(latest.map((one) => one.issue).slice(0, RECENT));
    return latest.filter((one) => one.issue === issue || recent.has(one.issue));
  }

  /**
   * Writes a witness to every folder. @returns why it could not be written to any of them
   * @param durable whether it must survive a crash of the machine
   */
  write(witness: Witness, durable: boolean): string | undefined {
    const text = `${JSON.stringify(witness).padEnd(RECORD_BYTES - 1)}\n`;
    const troubles: string[] = [];
    for (const folder of this.folders) {
      try {
        writeRecord(join(folder, fileOf(witness)), text, durable);
      } catch (error) {
        troubles.push(messageOf(error));
      }
    }
    return troubles.length < this.folders.length ? undefined : troubles[0];
  }

  /** Hides the folder from git, because the records reveal the number of readers. */
  async prepare(): Promise<void> {
    const ignore = join(this.folders[0] ?? '', '.gitignore');
    if (!exists(ignore)) await writeFile(ignore, '*\n', OWNER_ONLY).catch(() => undefined);
  }

  async remove(witnesses: readonly Witness[]): Promise<void> {
    for (const one of witnesses) {
      for (const folder of this.folders) await removeFile(join(folder, fileOf(one))).catch(() => undefined);
    }
  }
}

function fileOf({ issue, worker }: Pick<Witness, 'issue' | 'worker'>): string {
  const who = createHash('sha256').update(worker).digest('hex').slice(0, 12);
  return `${String(issue).padStart(3, '0')}-${who}.json`;
}

/** The latest of the copies of a record. */
function newest(all: readonly Witness[]): Map<string, Witness> {
  const found = new Map<string, Witness>();
  for (const one of all) {
    const before = found.get(fileOf(one));
    if (!before || one.handedOver > before.handedOver || one.at > before.at) found.set(fileOf(one), one);
  }
  return found;
}

async function readWitness(path: string): Promise<Witness> {
  try {
    return schema.parse(JSON.parse(await readUtf8(path)));
  } catch (error) {
    if (error instanceof ObnError) throw error;
    throw configurationError(`the send record ${path} cannot be read`, {
      hint: 'restore it, or remove it if `obn status` shows every delivery',
      cause: error,
    });
  }
}
