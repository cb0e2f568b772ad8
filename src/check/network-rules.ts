import type { Severity } from '../findings/finding.js';

/** A rule that runs with a flag only, because it needs the network or another program. */
export interface NetworkRule {
  readonly name: 'link/dead' | 'link/unsure' | 'spam/score';
  readonly severity: Severity;
  /** What it finds, in one line. */
  readonly summary: string;
  readonly flag: '--links' | '--spam';
}

export const networkRules: readonly NetworkRule[] = [
  {
    name: 'link/dead',
    severity: 'error',
    summary: 'a link or an image that is gone: 404, 410, an unknown host, or a refused connection',
    flag: '--links',
  },
  {
    name: 'link/unsure',
    severity: 'warning',
    summary: 'a link or an image that may be gone: another error status, no answer in time, or a TLS error',
    flag: '--links',
  },
  {
    name: 'spam/score',
    severity: 'error',
    summary: 'an email that SpamAssassin classifies as spam; a warning from half of its threshold',
    flag: '--spam',
  },
];
