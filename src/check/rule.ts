import type { Newsletter } from '../config/load.js';
import type { Finding, Severity } from '../findings/finding.js';
import type { Issue } from '../issue/issue.js';
import type { RenderedIssue } from '../render/rendered.js';

/** What the rules of one issue look at. */
export interface IssueSubject {
  readonly newsletter: Newsletter;
  readonly issue: Issue;
  readonly rendered: RenderedIssue;
  /** Columns of the subscriber list; undefined where there is no list. */
  readonly columns: readonly string[] | undefined;
  /** The number that the name of the file begins with. */
  readonly fileNumber: number;
}

/** What the rules of the whole newsletter look at. */
export interface NewsletterSubject {
  readonly newsletter: Newsletter;
  readonly issues: readonly Issue[];
  readonly list: { readonly path: string; readonly name: string };
}

interface Described {
  readonly name: string;
  readonly severity: Severity;
  /** What it finds, in one line. */
  readonly summary: string;
}

export interface IssueRule extends Described {
  check(subject: IssueSubject): Iterable<Finding> | AsyncIterable<Finding>;
}

export interface NewsletterRule extends Described {
  /** It reads the whole list, as the plan of a send does by itself. */
  readonly readsList?: true;
  check(subject: NewsletterSubject): Iterable<Finding> | AsyncIterable<Finding>;
}
