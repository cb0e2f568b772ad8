import type { CompiledMessage } from '../message/compiled.js';

export const DELIVERY_STATES = ['queued', 'claimed', 'accepted', 'rejected', 'unknown'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** How many deliveries of a send are in each state. */
export type Counts = Readonly<Record<DeliveryState, number>>;

/** The counts of a finished send, as a ledger keeps them with it. */
export interface KeptCounts {
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
  /** Of the unknown, those whose latest attempt was rejected. */
  readonly rejectedInDoubt: number;
}

/** `live` goes to readers, `rehearsal` to the outbox. One never counts as the other. */
export type Channel = 'live' | 'rehearsal';

/** How many rows the list had, and what happened to them. */
export interface AudienceCounts {
  readonly listed: number;
  readonly eligible: number;
  /** How many rows were left out, by reason. */
  readonly excluded: Readonly<Record<string, number>>;
  /** Of the excluded, the frozen recipients who were suppressed before their turn, by reason. */
  readonly withdrawn?: Readonly<Record<string, number>>;
}

/** The facts of one issue on one channel, as it was frozen; without its message, which is large. */
export interface Send {
  readonly id: number;
  readonly issue: number;
  readonly channel: Channel;
  readonly transport: string;
  /** The newsletter of the frozen message. */
  readonly list: { readonly id: string; readonly name: string };
  /** SHA-256 of the message, in hex. */
  readonly digest: string;
  readonly audience: AudienceCounts;
  /** SHA-256 of the recipients' addresses in order, in hex. */
  readonly audienceDigest: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Why the last run paused itself, in the provider's words. */
  readonly pausedBy: string | null;
  /** How often ended deliveries were put back into the queue. */
  readonly retries: number;
}

/** Whether a send is finished. Reading it for all sends is cheap. */
export interface SendOverview {
  readonly issue: number;
  /** The List-ID of the newsletter whose message was frozen. */
  readonly listId: string;
  /** Whether no delivery is queued or claimed. */
  readonly finished: boolean;
}

/** What a caller knows of a send before it reads the recipients. */
export interface FreezeHeader {
  readonly issue: number;
  readonly channel: Channel;
  readonly transport: string;
  readonly message: CompiledMessage;
  readonly digest: string;
  readonly now: number;
}

/** The facts of a frozen audience, known only after its last recipient. */
export type FreezeResult = Pick<Send, 'audience' | 'audienceDigest'>;

/** The send after a freeze. */
export interface Frozen {
  readonly send: Send;
  /** Whether this call froze it; otherwise an earlier one did. */
  readonly created: boolean;
}
