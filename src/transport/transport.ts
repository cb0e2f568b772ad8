import type { OutgoingMessage } from './outgoing.js';

/**
 * Result for a message.
 * - `accepted`: the provider accepted the message.
 * - `rejected`: a permanent failure of this message.
 * - `deferred`: a temporary failure; nothing was accepted, so a retry is safe. If the message is not the
 * cause, `about` names it: sending too fast, or no connection.
 * - `unknown`: the provider may or may not have accepted it. Never retried automatically.
 * - `refused`: a failure of every message (credentials, a paused account); the run stops.
 */
export type SendResult =
  | { readonly kind: 'accepted'; readonly messageId: string }
  | { readonly kind: 'rejected'; readonly code: string; readonly reason: string }
  | {
      readonly kind: 'deferred';
      readonly code: string;
      readonly reason: string;
      readonly about?: 'pace' | 'connection';
    }
  | { readonly kind: 'unknown'; readonly code: string; readonly reason: string }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string };

/**
 * Result of a call: one result per message, in order, or `split`: nothing was accepted, most likely because
 * of a single message, so the caller retries in smaller calls.
 */
export type CallResult = SendResult[] | 'split';

/** Current limits of the provider. */
export interface Limits {
  /** Messages per second; undefined if unknown. */
  readonly rate?: number | undefined;
  /** Messages that may still be sent today; undefined if unlimited. */
  readonly remaining?: number | undefined;
  /** Why nothing can be sent, for the account owner. */
  readonly refusal?: string | undefined;
  /** Notice for the account owner before sending. */
  readonly notice?: string | undefined;
}

/** An address on the provider's suppression list. */
export interface ProviderSuppression {
  readonly address: string;
  readonly reason: 'bounced' | 'complained';
}

/** A way to send messages. */
export interface Transport {
  /** Maximum number of concurrent calls. */
  readonly concurrency: number;
  /** Maximum number of messages per call. */
  readonly batch: number;
  /** Whether messages are sent as templates, which cannot contain images. */
  readonly templates?: boolean;
  /** @throws ObnError when the request to the provider fails. */
  limits(): Promise<Limits>;
  /**
   * Reads the provider's suppression list, if it has one. Never throws for a response of the provider:
   * without the list, the provider refuses those addresses itself.
   * @param found called for each entry
   * @returns why the list could not be read completely, for the account owner; undefined on success
   */
  suppressed?(found: (suppression: ProviderSuppression) => void): Promise<string | undefined>;
  /**
   * Sends at most `batch` messages in one call. Never throws for a response of the provider.
   * @param mayGo called again by a transport that connects first, just before the message is sent. If it
   * returns false, nothing is sent, and the result is that of {@link notHandedOver}
   * @returns never `split` for a single message
   */
  send(messages: readonly OutgoingMessage[], mayGo?: () => boolean): Promise<CallResult>;
  close(): Promise<void>;
}

/** The result for a message whose claim expired while connecting. */
export function notHandedOver(): SendResult {
  const reason = 'connecting took so long that the claim was about to expire';
  return { kind: 'deferred', code: 'late', reason, about: 'connection' };
}

/** Sends one message outside of a send. @returns undefined if the transport returned no result */
export async function sendOne(
  transport: Pick<Transport, 'send'>,
  message: OutgoingMessage,
): Promise<SendResult | undefined> {
  const results = await transport.send([message]);
  return results === 'split' ? undefined : results[0];
}
