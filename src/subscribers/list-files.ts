import { basename, extname, join } from 'node:path';
import { exists, OWNER_ONLY, readChunks, writeFile } from '../platform/files.js';
import type { ListSession } from './list-session.js';

/** A time as file names take it, such as 20260102T030405678Z. */
export function stamp(now: number): string {
  return new Date(now).toISOString().replace(/[-:.]/g, '');
}

/** Where copies of the list are kept before it is changed. */
export function backupFolder({ newsletter }: Pick<ListSession, 'newsletter'>): string {
  return join(newsletter.root, '.obn', 'backups');
}

/** Keeps a copy of the list as it stands. @returns its name within the newsletter; undefined: there is no list */
export async function backUp(session: ListSession): Promise<string | undefined> {
  const { context, source } = session;
  if (!exists(source.path)) return undefined;
  const name = `${basename(source.path, extname(source.path))}-${stamp(context.clock.now())}.csv`;
  await writeFile(join(backupFolder(session), name), readChunks(source.path), OWNER_ONLY);
  return `.obn/backups/${name}`;
}
