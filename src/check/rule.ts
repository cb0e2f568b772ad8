import type { Newsletter } from '../config/load.js';
import type { SourceDocument } from '../document/document.js';
import type { Position, Severity } from '../findings/finding.js';
import type { Issue } from '../issue/issue.js';
import type { CompiledMessage } from '../message/compiled.js';
import type { RenderedIssue } from '../render/rendered.js';
import type { SourceLocation } from '../render/source-offset.js';
import type { Example } from './example.js';

/** The data that the rules of an issue check. */
export interface IssueSubject {
  readonly newsletter: Newsletter;
  readonly issue: Issue;
  readonly rendered: RenderedIssue;
  readonly message: CompiledMessage;
  /** The message for a reader without any known fields. */
  readonly final: { readonly subject: string; readonly text: string; readonly html: string };
  readonly list: { readonly path: string; readonly name: string };
  /** Columns of the subscriber list; undefined when there is no list. */
  readonly columns: readonly string[] | undefined;
  /** The number at the start of the file name. */
  readonly fileNumber: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The data that the rules of the whole newsletter check. */
export interface NewsletterSubject {
  readonly newsletter: Newsletter;
  readonly issues: readonly Issue[];
  /** The numbers of all issues, including unreadable ones. */
  readonly numbers: readonly number[];
  /** The names of all findings that can be switched off. */
  readonly rules: readonly string[];
  readonly list: { readonly path: string; readonly name: string };
}

/** A problem that a rule reports. */
export interface Problem {
  /** In the file, or in a field of the issue. */
  readonly at: Position | SourceLocation;
  readonly message: string;
  /** What to do, when it is more exact than the remedy of the rule. */
  readonly hint?: string;
  /** Default: the severity of the rule. */
  readonly severity?: Severity;
  /** The file; default: the issue, or obn.yaml for a rule of the whole newsletter. */
  readonly in?: SourceDocument | { readonly file: string };
}

interface Described {
  /** Stable, `about/what`. */
  readonly name: string;
  readonly severity: Severity;
  /** What it finds, in one line. */
  readonly summary: string;
  /** Why it matters and how to fix it. */
  readonly remedy: string;
  /** What it needs of the list: the columns, or every row. The plan of a send checks the rows itself. */
  readonly needs?: 'columns' | 'rows';
  readonly bad: Example & {
    /** Words on the line that the rule reports. */
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
