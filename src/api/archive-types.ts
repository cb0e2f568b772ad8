import type { Finding } from '../findings/finding.js';

export interface ArchiveOptions {
  /** The folder of the site; default: `archive.out` of obn.yaml. */
  readonly out?: string | undefined;
  /** Where it is served from, such as `/news`; default: the path of `newsletter.url`. */
  readonly base?: string | undefined;
  /** Looks for broken links within the site. */
  readonly check?: boolean | undefined;
}

/** A site that was built. */
export interface Archive {
  /** Absolute path of its folder. */
  readonly out: string;
  /** Issues that everybody may read. */
  readonly issues: number;
  /** Issues that are drafts, or not due yet. */
  readonly hidden: number;
  /** When the next of those becomes public, in milliseconds since 1970. */
  readonly next: number | undefined;
  /** What is broken, where that was checked. */
  readonly findings: readonly Finding[] | undefined;
}
