import type { ObnError } from '../findings/error.js';
import type { Approval } from '../ledger/approval-store.js';

/** A point in time, in milliseconds since 1970, and the time zone of the newsletter. */
export interface Moment {
  readonly at: number;
  readonly timezone: string;
}

/** Something that the person who started a send needs to know. `print/notices` has the text for each kind. */
export type Notice =
  /** A message of the ledger, such as that its server is not reachable. */
  | { readonly kind: 'ledger'; readonly text: string }
  /** Deliveries that became `unknown` because of a rescue file. */
  | { readonly kind: 'rescued'; readonly count: number }
  /** Deliveries in flight when an earlier run ended, now `unknown`. */
  | { readonly kind: 'claimsLost'; readonly count: number }
  /** A dry run could not read the provider's limits. */
  | { readonly kind: 'limitsUnknown'; readonly reason: string }
  /** The provider's suppression list could not be read completely. */
  | { readonly kind: 'suppressionsUnknown'; readonly reason: string }
  /** Readers were forgotten with an unsubscribe secret that is no longer configured. */
  | { readonly kind: 'forgottenUnrecognized'; readonly count: number }
  /** The issue needs an approval and has one. */
  | { readonly kind: 'approved'; readonly issue: number; readonly approval: Approval }
  /** No name server answered for the hosts of images. */
  | { readonly kind: 'imagesUnchecked'; readonly count: number }
  /** Where a ledger that is about to be accepted is incomplete. */
  | { readonly kind: 'ledgerContradicted'; readonly reasons: readonly string[] }
  /** Readers who unsubscribed between plan and freeze. */
  | { readonly kind: 'leftSincePlan'; readonly count: number }
  /** Readers of a frozen audience who have since opted out on the list. */
  | { readonly kind: 'optedOut'; readonly count: number }
  /** The witness could not be written. */
  | { readonly kind: 'unwitnessed'; readonly reason: string }
  /** Results that the ledger could not record: with a rescue file, or without one. */
  | { readonly kind: 'unrecorded'; readonly count: number; readonly file: string }
  | { readonly kind: 'unrescued'; readonly count: number; readonly reason: string }
  /** The report of undelivered addresses, by its path within the newsletter. */
  | { readonly kind: 'reportKept'; readonly file: string }
  | { readonly kind: 'reportMissing'; readonly reason: string }
  /** An issue is too late for the grace period, and is not sent. */
  | ({ readonly kind: 'late'; readonly issue: number } & Moment)
  /** A due issue is about to be sent. */
  | ({ readonly kind: 'due'; readonly issue: number; readonly begun: boolean } & Moment)
  | { readonly kind: 'nothingDue'; readonly next: ({ readonly issue: number } & Moment) | undefined }
  /** Another run holds the lock and sends what is due. */
  | { readonly kind: 'dueElsewhere'; readonly holder: string }
  /** Why an issue was not sent or, without a file, why none was. */
  | { readonly kind: 'dueFailed'; readonly file: string | undefined; readonly error: ObnError };

export type NoticeKind = Notice['kind'];
