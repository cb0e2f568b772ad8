import type { Newsletter } from '../config/load.js';
import type { SourceDocument } from '../document/document.js';
import type { Position, Severity } from '../findings/finding.js';
import type { Issue } from '../issue/issue.js';
import type { CompiledMessage } from '../message/compiled.js';
import type { RenderedIssue } from '../render/rendered.js';
import type { SourceLocation } from '../render/source-offset.js';
import type { Example } from './example.js';

/** What the rules of one issue look at. */
export interface IssueSubject {
  readonly newsletter: Newsletter;
  readonly issue: Issue;
  readonly rendered: RenderedIssue;
  readonly message: CompiledMessage;
  /** The message as a reader of whom nothing is known gets it. */
  readonly final: { readonly subject: string; readonly text: string; readonly html: string };
  readonly list: { readonly path: string; readonly name: string };
  /** Columns of the subscriber list; undefined where there is no list. */
  readonly columns: readonly string[] | undefined;
  /** The number that the name of the file begins with. */
  readonly fileNumber: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What the rules of the whole newsletter look at. */
export interface NewsletterSubject {
  readonly newsletter: Newsletter;
  readonly issues: readonly Issue[];
  /** The numbers of all issues, those that cannot be read among them. */
  readonly numbers: readonly number[];
  /** The names of all that can be switched off. */
  readonly rules: readonly string[];
  readonly list: { readonly path: string; readonly name: string };
}

/** Where something is wrong, and in what words. */
export interface Problem {
  /** In the file, or in a field of the issue. */
  readonly at: Position | SourceLocation;
  readonly message: string;
  /** What to do about it, where the remedy of the rule can be said more exactly. */
  readonly hint?: string;
  /** Where it is not the rule's own. */
  readonly severity?: Severity;
  /** The file; left out, it is the issue, or obn.yaml for a rule of the whole newsletter. */
  readonly in?: SourceDocument | { readonly file: string };
}

interface Described {
  /** Stable, `about/what`. */
  readonly name: string;
  readonly severity: Severity;
  /** What it finds, in one line. */
  readonly summary: string;
  /** Why it matters and how to mend it. */
  readonly remedy: string;
  /** What it needs of the list: its columns, or every row of it, as the plan of a send reads it by itself. */
  readonly needs?: 'columns' | 'rows';
  readonly bad: Example & {
    /** Words on the line that is found. */
    readonly at: string;
  };
  readonly good: Example;
}

type Problems = Iterable<Problem> | AsyncIterable<Problem>;

export interface IssueRule extends Described {
  check(subject: IssueSubject): Problems;
}

export interface NewsletterRule extends Described {
  check(subject: NewsletterSubject): Problems;
}
