import type { BulkEmailEntryResult } from '@aws-sdk/client-sesv2';
import { DAILY_QUOTA } from '../daily-quota.js';
import type { SendResult } from '../transport.js';

type Kind = Exclude<SendResult['kind'], 'accepted'>;

/**
 * What the errors of SendEmail mean (Amazon SES API v2 reference, "SendEmail: Errors"; developer guide, "Managing your
 * sending quotas"). Whatever is not listed is judged by its HTTP status.
 */
export const BY_NAME: Readonly<Record<string, Kind | 'throttled'>> = {
  TooManyRequestsException: 'throttled',
  ThrottlingException: 'throttled',
  Throttling: 'throttled',
  LimitExceededException: 'refused',
  AccountSuspendedException: 'refused',
  SendingPausedException: 'refused',
  MailFromDomainNotVerifiedException: 'refused',
  NotFoundException: 'refused',
  BadRequestException: 'rejected',
  MessageRejected: 'rejected',
  CredentialsProviderError: 'refused',
  UnrecognizedClientException: 'refused',
  InvalidClientTokenId: 'refused',
  InvalidSignatureException: 'refused',
  SignatureDoesNotMatch: 'refused',
  ExpiredTokenException: 'refused',
  AccessDeniedException: 'refused',
  RequestExpired: 'refused',
  RequestTimeout: 'deferred',
  RequestTimeoutException: 'deferred',
};

/** Errors of the connection that come before the request has gone out. */
export const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

/**
 * Whether the sender is not verified: true for every message, though SES rejects each by itself. In the sandbox it may
 * also be the recipient, which is about this message alone.
 */
function isSender(message: string, to: string | undefined): boolean {
  const recipient = to !== undefined && message.toLowerCase().includes(to.toLowerCase());
  return /not verified/i.test(message) && !recipient;
}

/** The answer for a message that SES says it has taken; without an id, somebody else has answered. */
export function takenAs(messageId: string | undefined): SendResult {
  if (messageId) return { kind: 'accepted', messageId };
  const reason = 'the answer is a yes without a message id; does a proxy stand in between?';
  return { kind: 'unknown', code: 'no message id', reason };
}

/** What an error of the SDK says about the message. Ambiguous errors are `unknown`: SES may have taken it. */
export function answerOf(error: unknown, to?: string): SendResult {
  const { name, message, code, status, syscall } = facts(error);
  const reason = message || name;
  const known = BY_NAME[name];
  if (DAILY_QUOTA.test(message)) return { kind: 'refused', code: name, reason };
  if (known === 'throttled') return { kind: 'deferred', code: name, reason, about: 'pace' };
  if (known === 'rejected' && isSender(message, to)) return { kind: 'refused', code: name, reason };
  if (known) return { kind: known, code: name, reason };
  if (status === 429) return { kind: 'deferred', code: name, reason, about: 'pace' };
  if (status === 401 || status === 403) return { kind: 'refused', code: name, reason };
  if (status !== undefined && status >= 400 && status < 500) return { kind: 'rejected', code: name, reason };
  const unsent = NOT_SENT.has(code) && ['connect', 'getaddrinfo'].includes(syscall);
  if (status === undefined && (unsent || /establish a connection/i.test(message))) {
    return { kind: 'deferred', code: code || name, reason, about: 'connection' };
  }
  if (status === undefined && /region is missing|could not load credentials/i.test(message)) {
    return { kind: 'refused', code: name, reason };
  }
  return { kind: 'unknown', code: code || name, reason };
}

/** What the status of an entry of SendBulkEmail means (API reference, BulkEmailEntryResult). */
export const BY_STATUS: Readonly<Record<string, Kind | 'throttled'>> = {
  ACCOUNT_THROTTLED: 'throttled',
  TRANSIENT_FAILURE: 'deferred',
  FAILED: 'deferred',
  INVALID_PARAMETER: 'rejected',
  MESSAGE_REJECTED: 'rejected',
  ACCOUNT_DAILY_QUOTA_EXCEEDED: 'refused',
  ACCOUNT_SUSPENDED: 'refused',
  ACCOUNT_SENDING_PAUSED: 'refused',
  CONFIGURATION_SET_SENDING_PAUSED: 'refused',
  CONFIGURATION_SET_NOT_FOUND: 'refused',
  CONFIGURATION_SET_DOES_NOT_EXIST: 'refused',
  MAIL_FROM_DOMAIN_NOT_VERIFIED: 'refused',
  TEMPLATE_NOT_FOUND: 'refused',
  TEMPLATE_DOES_NOT_EXIST: 'refused',
  INVALID_SENDING_POOL_NAME: 'refused',
};

/** The answer for one entry of a bulk call; an entry without one may have been taken. */
export function entryAnswer(entry: BulkEmailEntryResult | undefined, to: string): SendResult {
  const code = entry?.Status ?? 'no status';
  if (code === 'SUCCESS') return takenAs(entry?.MessageId);
  const reason = entry?.Error ?? 'the answer says nothing more';
  const known = BY_STATUS[code] ?? 'unknown';
  if (known === 'throttled') return { kind: 'deferred', code, reason, about: 'pace' };
  if (known === 'rejected' && isSender(reason, to)) return { kind: 'refused', code, reason };
  return { kind: known, code, reason };
}

interface Facts {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  /** What the system was asked for when it failed. */
  readonly syscall: string;
  readonly status: number | undefined;
}

function facts(error: unknown): Facts {
  const nothing = { code: '', syscall: '', status: undefined };
  // A name with several addresses: Node.js has tried them all, and says so once.
  if (error instanceof AggregateError && error.errors.length > 0) return facts(error.errors[0]);
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), ...nothing };
  const { code, syscall, $metadata } = error as { code?: unknown; syscall?: unknown; $metadata?: Metadata };
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const status = $metadata?.httpStatusCode;
  // What is no answer of SES has no name of its own.
  const nameless = /^Unknown(Error)?$/.test(error.name) && status !== undefined;
  const name = nameless ? `HTTP ${status}` : error.name;
  return { name, message: wordsOf(error.message, name), code: text(code), syscall: text(syscall), status };
}

/** Without what the SDK says to programmers. */
function wordsOf(message: string, name: string): string {
  const words = message.replace(/\s*Deserialization error: to see the raw response[\s\S]*/, '').trim();
  return /^(Unknown(Error)?)?$/.test(words) ? `an answer that is not one of Amazon SES (${name})` : words;
}

interface Metadata {
  readonly httpStatusCode?: number;
}
