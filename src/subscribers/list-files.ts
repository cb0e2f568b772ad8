import { basename, extname, join } from 'node:path';
import { exists, OWNER_ONLY, readChunks, writeFile } from '../platform/files.js';
import type { ListSession } from './list-session.js';

/** A time for file names, such as 20260102T030405678Z. */
export function stamp(now: number): string {
  return new Date(now).toISOString().replace(/[-:.]/g, '');
}

/** Writes a backup of the list before a change. @returns its path within the newsletter; undefined: there is no list */
export async function backUp({ host, newsletter, source }: ListSession): Promise<string | undefined> {
  if (!exists(source.path)) return undefined;
  const name = `${basename(source.path, extname(source.path))}-${stamp(host.clock.now())}.csv`;
  await writeFile(join(newsletter.root, '.obn', 'backups', name), readChunks(source.path), OWNER_ONLY);
  return `.obn/backups/${name}`;
}
