import { openSite } from '../campaign/site-folder.js';
import { buildArchive } from '../site/build-archive.js';
import type { ApiSession } from './api-session.js';
import type { Archive, ArchiveOptions } from './archive-types.js';

/** Builds the site of every public issue. */
export async function archive(
  { host }: ApiSession,
  { out: given, base, check }: ArchiveOptions,
): Promise<Archive> {
  const open = () => openSite(host, given);
  const { out, built, findings } = await buildArchive({ clock: host.clock, open, base, check });
  const { issues, hidden, next } = built;
  return { out, issues, hidden, next, findings };
}
