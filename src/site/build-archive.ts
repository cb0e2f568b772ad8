import type { Newsletter } from '../config/load.js';
import type { Finding } from '../findings/finding.js';
import type { Clock } from '../platform/clock.js';
import { type Built, buildSite } from './build.js';

/** A newsletter as it is now, and the folder of its site. */
export interface ArchiveSource {
  readonly newsletter: Newsletter;
  /** Absolute. */
  readonly out: string;
}

export interface ArchiveOptions {
  readonly clock: Clock;
  /** Reads the newsletter; called once for each build. */
  readonly open: () => Promise<ArchiveSource>;
  /** Where the site is served from, such as `/news`; default: the path of newsletter.url. */
  readonly base?: string | undefined;
  /** Whether to look for broken links within the site, and missing pictures. */
  readonly check?: boolean | undefined;
  /** Is told when another build of the same folder has to end first. */
  readonly onWaiting?: (() => void) | undefined;
}

/** A site that was built. */
export interface Archive extends ArchiveSource {
  readonly built: Built;
  /** What is broken in it; undefined: it was not checked. */
  readonly findings: readonly Finding[] | undefined;
}

/**
 * Builds the site of every public issue, and checks it where that is wanted.
 * @throws ObnError when something is wrong with the newsletter or the folder; the site then stays as it was.
 */
export async function buildArchive({
  clock,
  open,
  base,
  check,
  onWaiting = () => {},
}: ArchiveOptions): Promise<Archive> {
  const { newsletter, out } = await open();
  const built = await buildSite({ newsletter, out, base, now: clock.now(), waiting: onWaiting });
  if (!check) return { newsletter, out, built, findings: undefined };
  const { siteFindings } = await import('./links/findings.js');
  return { newsletter, out, built, findings: siteFindings(built, out) };
}
