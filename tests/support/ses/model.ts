import type { BulkEmailStatus } from '@aws-sdk/client-sesv2';

/** What the endpoint can be asked for. */
export type SesOperation =
  | 'SendEmail'
  | 'SendBulkEmail'
  | 'GetAccount'
  | 'GetEmailIdentity'
  | 'GetConfigurationSet'
  | 'ListSuppressedDestinations';

/** A message that was accepted for one recipient. */
export interface SesMessage {
  readonly to: string;
  readonly raw: Buffer;
  readonly tags: Readonly<Record<string, string>>;
  readonly messageId: string;
  /** When it was accepted, in milliseconds since 1970. */
  readonly at: number;
}

/** A message that was answered with success and then dropped, because a variable had no value. */
export interface SesRenderingFailure {
  readonly to: string;
  readonly messageId: string;
  readonly error: string;
}

/** What a fault handler gets to see. */
export interface SesMoment {
  /** How many requests of this operation came before. */
  readonly index: number;
  /** The first recipient; empty for questions about the account. SendBulkEmail asks once for each of its entries. */
  readonly to: string;
  readonly operation: SesOperation;
}

/**
 * What goes wrong with a request that is valid.
 * - an error answer: nothing is recorded
 * - `reset-before`: the connection is reset, nothing is recorded
 * - `reset-after`: recorded, then the connection is reset
 * - `error-after`: recorded, then 500 InternalFailure
 * - `hang`: never answered, nothing is recorded
 * - an entry status: only this entry of a bulk request fails, and is not recorded
 * - a page: something in between answers in place of SES, nothing is recorded
 */
export type SesFault =
  | { readonly status: number; readonly type: string; readonly message: string }
  | { readonly entry: BulkEmailStatus; readonly error?: string }
  | SesPage
  | 'reset-before'
  | 'reset-after'
  | 'error-after'
  | 'hang';

/** An answer that is not one of SES, by its HTTP status. */
export interface SesPage {
  readonly page: number;
  readonly type?: string;
  readonly body?: string;
}

export type SesFaultHandler = (request: SesMoment) => SesFault | undefined | Promise<SesFault | undefined>;

/** A message that passed every check: what would be recorded. */
export interface Submission {
  readonly to: readonly string[];
  readonly raw: Buffer;
  readonly tags: Readonly<Record<string, string>>;
}

/** An error as SES sends it. */
export class SesError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

export function badRequest(message: string): SesError {
  return new SesError(400, 'BadRequestException', message);
}
