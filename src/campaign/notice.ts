import type { ObnError } from '../findings/error.js';
import type { Approval } from '../ledger/approval-store.js';

/** A point in time, in milliseconds since 1970, and the zone of the newsletter that it is read in. */
export interface Moment {
  readonly at: number;
  readonly timezone: string;
}

/** What whoever started a send has to know, and did not ask for; `print/notices` makes text of each kind. */
export type Notice =
  /** What the ledger itself says, such as that its server is away. */
  | { readonly kind: 'ledger'; readonly text: string }
  /** Deliveries that a rescue file of an earlier run made `unknown`. */
  | { readonly kind: 'rescued'; readonly count: number }
  /** Deliveries that were in flight when an earlier run ended, and are `unknown` now. */
  | { readonly kind: 'claimsLost'; readonly count: number }
  /** A dry run could not learn what the provider allows. */
  | { readonly kind: 'limitsUnknown'; readonly reason: string }
  /** The provider's list of suppressed addresses could not be read, or not whole. */
  | { readonly kind: 'suppressionsUnknown'; readonly reason: string }
  /** People were forgotten with an unsubscribe secret that is not known any more. */
  | { readonly kind: 'forgottenUnrecognized'; readonly count: number }
  /** The issue needed an approval, and has one. */
  | { readonly kind: 'approved'; readonly issue: number; readonly approval: Approval }
  /** No name server answered for the hosts of images. */
  | { readonly kind: 'imagesUnchecked'; readonly count: number }
  /** Where a ledger knows less than was handed over, which a person is about to accept. */
  | { readonly kind: 'ledgerContradicted'; readonly reasons: readonly string[] }
  /** Readers who left between plan and freeze. */
  | { readonly kind: 'leftSincePlan'; readonly count: number }
  /** Readers of a frozen audience who opted out on the list since. */
  | { readonly kind: 'optedOut'; readonly count: number }
  /** No record outside of the ledger could be written. */
  | { readonly kind: 'unwitnessed'; readonly reason: string }
  /** Outcomes that the ledger could not record: kept in a rescue file, or in none. */
  | { readonly kind: 'unrecorded'; readonly count: number; readonly file: string }
  | { readonly kind: 'unrescued'; readonly count: number; readonly reason: string }
  /** The file of those who were not accepted, within the newsletter. */
  | { readonly kind: 'reportKept'; readonly file: string }
  | { readonly kind: 'reportMissing'; readonly reason: string }
  /** An issue is late by more than the grace, and is not sent. */
  | ({ readonly kind: 'late'; readonly issue: number } & Moment)
  /** An issue is about to be sent because its time has come. */
  | ({ readonly kind: 'due'; readonly issue: number; readonly begun: boolean } & Moment)
  | { readonly kind: 'nothingDue'; readonly next: ({ readonly issue: number } & Moment) | undefined }
  /** Another run holds the lock, and sends what is due. */
  | { readonly kind: 'dueElsewhere'; readonly holder: string }
  /** What kept an issue from being sent, or, without a file, all of them. */
  | { readonly kind: 'dueFailed'; readonly file: string | undefined; readonly error: ObnError };

export type NoticeKind = Notice['kind'];
