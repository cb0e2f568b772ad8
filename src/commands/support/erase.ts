import { join, relative, resolve } from 'node:path';
import type { Newsletter } from '../../config/load.js';
import { ObnError } from '../../findings/error.js';
import { listTree, readChunks, removeFile } from '../../platform/files.js';
import { outboxFileName } from '../../transport/outbox/outbox.js';
import { removeRows } from './remove-rows.js';

interface Person {
  readonly address: string;
  readonly key: string;
}

/**
 * Takes somebody out of the copies that obn itself has made: backups of the list, reports, rehearsals in the outbox.
 * @returns the files that were changed or removed, by their paths within the newsletter
 */
export async function eraseCopies(newsletter: Newsletter, person: Person): Promise<string[]> {
  const { root } = newsletter;
  const erased: string[] = [];
  for (const folder of ['.obn/backups', '.obn/reports']) {
    for (const name of await listTree(join(root, folder))) {
      const file = `${folder}/${name}`;
      const removed = await removeRows(join(root, file), file, person.key).catch((error: unknown) => {
        // What is no list any more is named to the user instead.
        if (error instanceof ObnError) return 0;
        throw error;
      });
      if (removed > 0) erased.push(file);
    }
  }
  const outbox = resolve(root, newsletter.config.outbox.dir);
  const names = ['', 'test-'].map((reference) => outboxFileName({ to: person.address, reference }));
  for (const name of await listTree(outbox)) {
    if (!names.includes(name.split(/[\\/]/).at(-1) ?? '')) continue;
    await removeFile(join(outbox, name));
    erased.push(relative(root, join(outbox, name)));
  }
  return erased;
}

/** Ledgers, which forget by themselves, and messages in an outbox, whose names say whom they name. */
const ELSEWHERE = /\.db(-wal|-shm)?$|@[^/\\]+\.eml$/;

/** Other files of obn, by their paths within the newsletter, that name somebody; the ledger is not among them. */
export async function namedIn(newsletter: Newsletter, { key }: Person): Promise<string[]> {
  const { root, config } = newsletter;
  const folders = [join(root, '.obn'), resolve(root, config.outbox.dir)];
  const found = new Set<string>();
  for (const folder of folders) {
    for (const name of await listTree(folder)) {
      const path = join(folder, name);
      if (ELSEWHERE.test(name) || !(await contains(path, key))) continue;
      found.add(relative(root, path));
    }
  }
  return [...found].sort();
}

/** Whether a file has this text in it, in whatever case. */
async function contains(path: string, text: string): Promise<boolean> {
  let before = '';
  for await (const chunk of readChunks(path)) {
    const piece = before + chunk.toString('latin1').toLowerCase();
    if (piece.includes(text)) return true;
    before = piece.slice(-text.length);
  }
  return false;
}
