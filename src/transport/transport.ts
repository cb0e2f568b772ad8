import type { OutgoingMessage } from './outgoing.js';

/**
 * What the other side answered.
 * - `accepted`: it took the message.
 * - `rejected`: a definite no that holds for this message.
 * - `deferred`: a definite no for now; nothing was taken, so it is safe to try again. Where the message is not the
 *   reason, `about` names it: the pace was too fast, or no connection could be made.
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
      readonly about?: 'pace' | 'connection';
    }
  | { readonly kind: 'unknown'; readonly code: string; readonly reason: string }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string };

/**
 * What a call came to: an answer for each message, in their order, or `split`: nothing was taken, most likely because of
 * one of them, so they have to be handed over again in smaller calls.
 */
export type CallResult = SendResult[] | 'split';

/** What the provider allows at the moment. */
export interface Limits {
  /** Messages per second; undefined: it says nothing. */
  readonly rate?: number | undefined;
  /** Messages that may still be sent today; undefined: any number. */
  readonly remaining?: number | undefined;
  /** Why nothing can be sent at all, in words for the owner of the account. */
  readonly refusal?: string | undefined;
  /** What the owner should know before sending. */
  readonly notice?: string | undefined;
}

/** An address to which the provider itself delivers nothing any more. */
export interface ProviderSuppression {
  readonly address: string;
  readonly reason: 'bounced' | 'complained';
}

/** A way to hand messages over. */
export interface Transport {
  /** How many calls may be in flight at once. */
  readonly concurrency: number;
  /** How many messages one call takes at most. */
  readonly batch: number;
  /** Whether it hands messages over as templates, which have no place for images. */
  readonly templates?: boolean;
  /** @throws ObnError when the provider cannot be asked. */
  limits(): Promise<Limits>;
  /**
   * Asks the provider, where it keeps a list of them, to whom it delivers nothing any more. Never throws for an answer
   * of the other side: without the list, the provider refuses those addresses itself.
   * @param found called for each
   * @returns why the list could not be read, or not whole, in words for the owner of the account
   */
  suppressed?(found: (suppression: ProviderSuppression) => void): Promise<string | undefined>;
  /**
   * Hands messages over in one call, at most `batch` of them. Never throws for an answer of the other side.
   * @param mayGo asked once more by a transport that connects first, at the last moment before the message goes out;
   *   where it says no, nothing is handed over, and the answer is that of {@link notHandedOver}
   * @returns never `split` for a single message
   */
  send(messages: readonly OutgoingMessage[], mayGo?: () => boolean): Promise<CallResult>;
  close(): Promise<void>;
}

/** The answer for a message whose claim ran out while a connection was being made. */
export function notHandedOver(): SendResult {
  const reason = 'connecting took so long that the claim was about to run out';
  return { kind: 'deferred', code: 'late', reason, about: 'connection' };
}

/** Hands over one message that is no part of a send. @returns undefined where the transport gave no answer */
export async function sendOne(
  transport: Pick<Transport, 'send'>,
  message: OutgoingMessage,
): Promise<SendResult | undefined> {
  const results = await transport.send([message]);
  return results === 'split' ? undefined : results[0];
}
