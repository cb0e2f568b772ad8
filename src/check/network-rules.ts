import type { Severity } from '../findings/finding.js';

/** A rule that is carried out when a flag asks for it, as it needs others than the newsletter itself. */
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
    summary: 'a link or a picture that is gone: 404, 410, no such host, or one that refuses the connection',
    flag: '--links',
  },
  {
    name: 'link/unsure',
    severity: 'warning',
    summary: 'a link or a picture that may be gone: any other answer but a good one, none in time, no TLS',
    flag: '--links',
  },
  {
    name: 'spam/score',
    severity: 'error',
    summary: 'a mail that SpamAssassin takes for spam; a warning from half of its threshold',
    flag: '--spam',
  },
];
