import type { Severity } from '../findings/finding.js';

/** A check outside of the rules, made while obn reads files or before it sends. */
export interface Reading {
  readonly name: string;
  readonly severity: Severity;
  /** What it finds, in one line. */
  readonly summary: string;
  /** Why it cannot be switched off; undefined: it can. */
  readonly stays?: string;
}

const UNREAD = 'obn cannot send a file that it cannot read';

export const readings: readonly Reading[] = [
  {
    name: 'list/missing',
    severity: 'warning',
    summary: 'no list, so merge fields and recipients cannot be checked',
  },
  {
    name: 'list/unreadable',
    severity: 'error',
    summary: 'a list without a header row, or in an unknown encoding',
    stays: UNREAD,
  },
  {
    name: 'check/switch',
    severity: 'warning',
    summary: 'an obn-ignore comment without effect',
    stays: 'fix the comment, or remove it',
  },
  {
    name: 'schema/unknown-key',
    severity: 'error',
    summary: 'an unknown key',
    stays: UNREAD,
  },
  { name: 'schema/missing', severity: 'error', summary: 'a required key that is missing', stays: UNREAD },
  {
    name: 'schema/invalid',
    severity: 'error',
    summary: 'a value that is not valid for its key',
    stays: UNREAD,
  },
  {
    name: 'yaml/syntax',
    severity: 'error',
    summary: 'text that is not YAML, or that YAML reads differently than the author meant',
    stays: UNREAD,
  },
  {
    name: 'yaml/aliases',
    severity: 'error',
    summary: 'an alias without an anchor, or more than 100 aliases',
    stays: UNREAD,
  },
  {
    name: 'yaml/nesting',
    severity: 'error',
    summary: 'lists and mappings nested more than 100 levels deep',
    stays: UNREAD,
  },
  { name: 'yaml/empty', severity: 'error', summary: 'an empty file', stays: UNREAD },
  {
    name: 'file/unreadable',
    severity: 'error',
    summary: 'a file that is not UTF-8, or larger than 1 MB',
    stays: UNREAD,
  },
  {
    name: 'file/conflict',
    severity: 'error',
    summary: 'a Git merge conflict in a file (`<<<<<<<`, `>>>>>>>`)',
    stays: 'readers would get both sides of the conflict',
  },
  {
    name: 'template/broken',
    severity: 'error',
    summary: 'a template of your own with an error, or one that produces invalid MJML',
    stays: 'without it the issue cannot be rendered',
  },
  {
    name: 'config/variable',
    severity: 'error',
    summary: 'an environment variable in obn.yaml that is not set',
    stays: 'set it, or remove it from obn.yaml',
  },
  {
    name: 'config/secret',
    severity: 'error',
    summary: 'a secret for unsubscribe links that could be guessed',
    stays: 'anyone who guesses it can unsubscribe your readers',
  },
  {
    name: 'issue/draft',
    severity: 'error',
    summary: 'a draft that you try to send with `obn send`',
    stays: 'remove the line "draft: true"',
  },
  {
    name: 'config/live',
    severity: 'error',
    summary: 'a setting that obn.yaml needs before anything is sent to readers',
    stays: 'the law requires it, and readers expect it',
  },
];

/** Why a finding cannot be switched off; undefined for one that can be, and for an unknown name. */
export function whyItStays(name: string): string | undefined {
  return readings.find((reading) => reading.name === name)?.stays;
}
