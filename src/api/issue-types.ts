import type { Finding } from '../findings/finding.js';
import type { AudienceCounts, DeliveryCounts, Failure } from './count-types.js';

/** An issue by its number or its file. Left out: the newest that is not sent. */
export type IssueName = number | string;

/**
 * How an issue stands.
 * - `draft`, `unsent`, `scheduled`: nothing of it was sent; `invalid`: its file cannot be read.
 * - `sending`, `paused`: messages are left, and a process is or is not sending them.
 * - `sent`: every message was accepted; `partial`: some were rejected or are unknown; `rehearsed`: into the outbox.
 */
export type IssueState =
  | 'draft'
  | 'unsent'
  | 'scheduled'
  | 'sending'
  | 'paused'
  | 'sent'
  | 'partial'
  | 'rehearsed'
  | 'invalid';

export interface IssueSummary {
  readonly number: number;
  readonly title: string | null;
  /** `YYYY-MM-DD`. */
  readonly date: string | null;
  readonly state: IssueState;
  /** The file, relative to the folder that was opened. */
  readonly file: string;
  /** When it is still to go out, in milliseconds since 1970. */
  readonly sendAt: number | null;
  /** Why the file cannot be read. */
  readonly findings: readonly Finding[];
}

export interface CheckOptions {
  /** Default: all of them. */
  readonly issues?: readonly IssueName[] | undefined;
  /** A list to check against, instead of that of obn.yaml. */
  readonly list?: string | undefined;
  /** Requests every link; `allowPrivate` includes those to this machine and its network. */
  readonly links?: boolean | { readonly allowPrivate?: boolean | undefined } | undefined;
  /** Asks SpamAssassin, where this machine has it. */
  readonly spam?: boolean | undefined;
  /** Stops the requests. */
  readonly signal?: AbortSignal | undefined;
}

export interface CheckReport {
  readonly findings: readonly Finding[];
  readonly errors: number;
  readonly warnings: number;
  /** How many links got which verdict, where they were requested. */
  readonly links: Readonly<Record<'good' | 'dead' | 'unsure' | 'unknown', number>> | undefined;
  /** What SpamAssassin says of each issue, where it was asked. */
  readonly spam:
    | readonly { readonly issue: number; readonly score: number; readonly threshold: number }[]
    | undefined;
}

export interface RenderOptions {
  /** The address of a reader of the list; left out: somebody of whom nothing is known. */
  readonly for?: string | undefined;
  /** A list, instead of that of obn.yaml. */
  readonly list?: string | undefined;
}

/** An issue as one reader gets it. */
export interface RenderedIssue {
  readonly issue: number;
  readonly html: string;
  readonly text: string;
  readonly mjml: string;
  /** The page of the archive. */
  readonly web: string;
  /** The whole message as it is handed over (RFC 5322). */
  readonly message: Uint8Array;
  /** Fields that the reader has no value for and the issue no fallback; a send would be refused. */
  readonly lacking: readonly string[];
  /** What the checks found; with an error among them, the issue cannot be sent. */
  readonly findings: readonly Finding[];
}

/** One of the distinct messages that the whole list would get. */
export interface Variant {
  readonly count: number;
  /** The values of the merge fields. */
  readonly values: Readonly<Record<string, string>>;
  /** The address of a reader who gets it. */
  readonly example: string;
}

export interface IssueStatus {
  readonly issue: number;
  readonly state: IssueState;
  /** `live`: to readers; `rehearsal`: into the outbox; null: nothing was sent. */
  readonly channel: 'live' | 'rehearsal' | null;
  readonly audience: AudienceCounts;
  readonly deliveries: DeliveryCounts;
  readonly rejectedInDoubt: number;
  /** When it is still to go out to readers, in milliseconds since 1970. */
  readonly sendAt: number | null;
  /** Messages accepted per second, while it is being sent. */
  readonly rate: number | undefined;
  /** Why the last run stopped by itself. */
  readonly pausedBy: string | undefined;
  /** The first deliveries that were not accepted. */
  readonly failures: readonly Failure[];
  /** How many failures there are besides. */
  readonly moreFailures: number;
}

/** Whether an issue may go out as it is. */
export interface ApprovalStatus {
  readonly kind: 'approved' | 'changed' | 'missing' | 'unknown';
  /** Who gave the latest approval. */
  readonly by: string | undefined;
  /** When, in milliseconds since 1970. */
  readonly at: number | undefined;
  /** What changed since. */
  readonly changed: readonly ('content' | 'audience')[];
  /** Why nobody can tell. */
  readonly reason: string | undefined;
}

/** Approvals of issues. */
export interface Approvals {
  status(issue: IssueName): Promise<ApprovalStatus>;
  /**
   * Approves an issue as it is now.
   * @returns where: `ledger`, or the path of the file
   * @throws ObnError for a draft, an issue with errors, and one that has begun to be sent
   */
  approve(issue: IssueName, options: { readonly by: string; readonly file?: boolean }): Promise<string>;
  /** Takes the approval out of the ledger. @returns whether there was one */
  revoke(issue: IssueName): Promise<boolean>;
}
