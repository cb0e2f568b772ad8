import type { Severity } from '../findings/finding.js';

/** What is found by no rule: while files are read, and when something is to be sent. */
export interface Reading {
  readonly name: string;
  readonly severity: Severity;
  /** What it finds, in one line. */
  readonly summary: string;
  /** Why it cannot be switched off; undefined: it can. */
  readonly stays?: string;
}

const UNREAD = 'what cannot be read cannot be sent';

export const readings: readonly Reading[] = [
  {
    name: 'list/missing',
    severity: 'warning',
    summary: 'no list, so that merge fields and recipients cannot be checked',
  },
  {
    name: 'list/unreadable',
    severity: 'error',
    summary: 'a list without a header, or in an unknown encoding',
    stays: UNREAD,
  },
  {
    name: 'check/switch',
    severity: 'warning',
    summary: 'a comment that is to switch off a rule and does not',
    stays: 'mend the comment, or take it out',
  },
  {
    name: 'schema/unknown-key',
    severity: 'error',
    summary: 'a key that the format does not have',
    stays: UNREAD,
  },
  { name: 'schema/missing', severity: 'error', summary: 'a key that must be there', stays: UNREAD },
  { name: 'schema/invalid', severity: 'error', summary: 'a value that is none for its key', stays: UNREAD },
  {
    name: 'yaml/syntax',
    severity: 'error',
    summary: 'text that is not YAML, or that YAML would read in another way than it is meant',
    stays: UNREAD,
  },
  {
    name: 'yaml/aliases',
    severity: 'error',
    summary: 'an alias without an anchor, or more of them than an issue needs',
    stays: UNREAD,
  },
  {
    name: 'yaml/nesting',
    severity: 'error',
    summary: 'more than 100 lists and mappings within each other',
    stays: UNREAD,
  },
  { name: 'yaml/empty', severity: 'error', summary: 'a file with nothing in it', stays: UNREAD },
  {
    name: 'file/unreadable',
    severity: 'error',
    summary: 'a file that is not UTF-8, or larger than 1 MB',
    stays: UNREAD,
  },
  {
    name: 'file/conflict',
    severity: 'error',
    summary: 'a merge conflict that git left in a file (`<<<<<<<`, `>>>>>>>`)',
    stays: 'readers would get both sides of the conflict',
  },
  {
    name: 'template/broken',
    severity: 'error',
    summary: 'a template of your own that cannot be filled, or makes what MJML does not take',
    stays: 'without it the issue cannot be rendered',
  },
  {
    name: 'config/variable',
    severity: 'error',
    summary: 'a variable in obn.yaml that is not set in the environment',
    stays: 'set it, or take it out of obn.yaml',
  },
  {
    name: 'issue/draft',
    severity: 'error',
    summary: 'a draft that `obn send` is told to send',
    stays: 'take the line "draft: true" out',
  },
  {
    name: 'config/live',
    severity: 'error',
    summary: 'what obn.yaml lacks before anything is sent to readers',
    stays: 'readers and the law ask for it',
  },
];

/** Why a finding cannot be switched off; undefined when it can, or is none. */
export function whyItStays(name: string): string | undefined {
  return readings.find((reading) => reading.name === name)?.stays;
}
