import type { OutgoingMessage } from '../message/writer.js';

/**
 * What the other side answered.
 * - `accepted`: it took the message.
 * - `rejected`: a definite no that holds for this message.
 * - `deferred`: a definite no for now; nothing was taken, so it is safe to try again. `throttled` says that it was the
 *   pace, not the message.
 * - `unknown`: nobody can say whether it was taken. Never tried again by itself.
 * - `refused`: a definite no that holds for every message (credentials, a paused account); the run stops.
 */
export type SendResult =
  | { readonly kind: 'accepted'; readonly messageId: string }
  | { readonly kind: 'rejected'; readonly code: string; readonly reason: string }
  | {
      readonly kind: 'deferred';
      readonly code: string;
      readonly reason: string;
      readonly throttled?: boolean;
    }
  | { readonly kind: 'unknown'; readonly code: string; readonly reason: string }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string };

/** A way to hand messages over. */
export interface Transport {
  /** How many messages may be in flight at once. */
  readonly concurrency: number;
  /** What the provider allows, in messages per second; undefined: it says nothing. */
  rate(): Promise<number | undefined>;
  /** Hands a message over. Never throws for an answer of the other side. */
  send(message: OutgoingMessage): Promise<SendResult>;
  close(): Promise<void>;
}
