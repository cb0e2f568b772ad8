import type { Newsletter } from '../config/load.js';
import type { Finding } from '../findings/finding.js';
import type { Clock } from '../platform/clock.js';
import { type Built, buildSite } from './build.js';

/** A newsletter and the folder of its site. */
export interface ArchiveSource {
  readonly newsletter: Newsletter;
  /** Absolute path of the site folder. */
  readonly out: string;
}

export interface ArchiveOptions {
  readonly clock: Clock;
  /** Reads the newsletter. Called once per build. */
  readonly open: () => Promise<ArchiveSource>;
  /** Path prefix of the site, such as `/news`. Default: the path of newsletter.url. */
  readonly base?: string | undefined;
  /** Whether to check for broken links within the site, and missing images. */
  readonly check?: boolean | undefined;
  /** Called if another build of the same folder must finish first. */
  readonly onWaiting?: (() => void) | undefined;
}

/** A built site. */
export interface Archive extends ArchiveSource {
  readonly built: Built;
  /** Findings of the check; undefined if it was not checked. */
  readonly findings: readonly Finding[] | undefined;
}

/**
 * Builds the site with all public issues, and checks it on request.
 * @throws ObnError for an invalid newsletter or folder. The existing site is then unchanged.
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
