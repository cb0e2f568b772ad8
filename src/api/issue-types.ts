import type { Finding } from '../findings/finding.js';
import type { AudienceCounts, DeliveryCounts, Failure } from './count-types.js';

/** An issue by its number or its file. Default: the newest unsent issue. */
export type IssueName = number | string;

/**
 * The state of an issue.
 * - `draft`, `unsent`, `scheduled`: not sent yet; `invalid`: its file cannot be read.
 * - `sending`, `paused`: messages are left, and a process is sending them or not.
 * - `sent`: every message was accepted; `partial`: some were rejected or are unknown; `rehearsed`: written to the outbox.
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
  /** When it will be sent, in milliseconds since 1970. */
  readonly sendAt: number | null;
  /** Why the file cannot be read. */
  readonly findings: readonly Finding[];
}

export interface CheckOptions {
  /** Default: all of them. */
  readonly issues?: readonly IssueName[] | undefined;
  /** A list to check against, instead of the one in obn.yaml. */
  readonly list?: string | undefined;
  /** Requests every link. `allowPrivate` includes links to private addresses. */
  readonly links?: boolean | { readonly allowPrivate?: boolean | undefined } | undefined;
  /** Scores each issue with SpamAssassin, if it is installed. */
  readonly spam?: boolean | undefined;
  /** Stops the requests. */
  readonly signal?: AbortSignal | undefined;
}

export interface CheckReport {
  readonly findings: readonly Finding[];
  readonly errors: number;
  readonly warnings: number;
  /** The number of links by result, if they were requested. */
  readonly links: Readonly<Record<'good' | 'dead' | 'unsure' | 'unknown', number>> | undefined;
  /** SpamAssassin's report on each issue, if requested. */
  readonly spam:
    | readonly { readonly issue: number; readonly score: number; readonly threshold: number }[]
    | undefined;
}

export interface RenderOptions {
  /** The address of a subscriber; default: a reader without any values. */
  readonly for?: string | undefined;
  /** A list, instead of the one in obn.yaml. */
  readonly list?: string | undefined;
}

/** An issue as one reader receives it. */
export interface RenderedIssue {
  readonly issue: number;
  readonly html: string;
  readonly text: string;
  readonly mjml: string;
  /** The web page in the archive. */
  readonly web: string;
  /** The complete message (RFC 5322). */
  readonly message: Uint8Array;
  /** Fields without a fallback that the reader has no value for. A send would be refused. */
  readonly lacking: readonly string[];
  /** The findings of the checks. With an error among them, the issue cannot be sent. */
  readonly findings: readonly Finding[];
}

/** One of the distinct messages that the list would get. */
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
  /** `live`: to readers; `rehearsal`: to the outbox; null: not sent yet. */
  readonly channel: 'live' | 'rehearsal' | null;
  readonly audience: AudienceCounts;
  readonly deliveries: DeliveryCounts;
  readonly rejectedInDoubt: number;
  /** When it will be sent to readers, in milliseconds since 1970. */
  readonly sendAt: number | null;
  /** Messages accepted per second, while it is being sent. */
  readonly rate: number | undefined;
  /** Why the last run paused itself. */
  readonly pausedBy: string | undefined;
  /** The first deliveries that were not accepted. */
  readonly failures: readonly Failure[];
  /** How many more failures there are. */
  readonly moreFailures: number;
}

/** Whether an issue is approved as it is now. */
export interface ApprovalStatus {
  readonly kind: 'approved' | 'changed' | 'missing' | 'unknown';
  /** Who gave the latest approval. */
  readonly by: string | undefined;
  /** The time of the approval, in milliseconds since 1970. */
  readonly at: number | undefined;
  /** What has changed since. */
  readonly changed: readonly ('content' | 'audience')[];
  /** Why the state is unknown. */
  readonly reason: string | undefined;
}

/** Approvals of issues. */
export interface Approvals {
  status(issue: IssueName): Promise<ApprovalStatus>;
  /**
   * Approves an issue as it is now.
   * @returns where the approval is recorded: `ledger`, or the path of the file
   * @throws ObnError for a draft, an issue with errors, and an issue whose send has begun
   */
  approve(issue: IssueName, options: { readonly by: string; readonly file?: boolean }): Promise<string>;
  /** Revokes the approval in the ledger. @returns whether there was one */
  revoke(issue: IssueName): Promise<boolean>;
}
