import type { Finding } from '../findings/finding.js';

export interface ArchiveOptions {
  /** The folder of the site; default: `archive.out` in obn.yaml. */
  readonly out?: string | undefined;
  /** The path on its host, such as `/news`; default: the path of `newsletter.url`. */
  readonly base?: string | undefined;
  /** Checks for broken links within the site. */
  readonly check?: boolean | undefined;
}

/** The result of a build. */
export interface Archive {
  /** Absolute path of the site folder. */
  readonly out: string;
  /** Public issues. */
  readonly issues: number;
  /** Issues that are drafts, or not due yet. */
  readonly hidden: number;
  /** When the next of those becomes public, in milliseconds since 1970. */
  readonly next: number | undefined;
  /** Broken links and images, if checked. */
  readonly findings: readonly Finding[] | undefined;
}
