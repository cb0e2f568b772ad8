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

/**
 * What an error of the SDK says about the message. An answer is definite only when Amazon SES itself gave it. Everything
 * else is `unknown`: SES may have taken the message, and something in between has answered.
 */
export function answerOf(error: unknown, to?: string): SendResult {
  const { name, message, code, status, syscall, isForeign, neverSent } = facts(error);
  const reason = message || name;
  const noConnection = NOT_SENT.has(code) && ['connect', 'getaddrinfo'].includes(syscall);
  if (neverSent && !noConnection) return { kind: 'refused', code: name, reason };
  if (isForeign) return { kind: 'unknown', code: `HTTP ${status}`, reason: foreignReason(message, status) };
  const known = BY_NAME[name];
  if (DAILY_QUOTA.test(message)) return { kind: 'refused', code: name, reason };
  if (known === 'throttled') return { kind: 'deferred', code: name, reason, about: 'pace' };
  if (known === 'rejected' && isSender(message, to)) return { kind: 'refused', code: name, reason };
  if (known) return { kind: known, code: name, reason };
  if (status === 429) return { kind: 'deferred', code: name, reason, about: 'pace' };
  if (status === 401 || status === 403) return { kind: 'refused', code: name, reason };
  if (status !== undefined && status >= 400 && status < 500) return { kind: 'rejected', code: name, reason };
  if (status === undefined && (noConnection || /establish a connection/i.test(message))) {
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

/**
 * What SendBulkEmail says of each entry. Results name no reader and are only told apart by their order, so a list of
 * another length says nothing about any of them.
 */
export function entryAnswers(
  results: readonly BulkEmailEntryResult[],
  addresses: readonly string[],
): SendResult[] {
  if (results.length === addresses.length) {
    return addresses.map((to, index) => entryAnswer(results[index], to));
  }
  const reason = `SES answered with ${results.length} results for ${addresses.length} messages`;
  return addresses.map(() => ({ kind: 'unknown', code: 'wrong number of results', reason }));
}

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
  /** Whether an answer came, and nothing in it shows that SES gave it. */
  readonly isForeign: boolean;
  /** Whether it came up before the request went out: credentials, region, signature. */
  readonly neverSent: boolean;
}

function facts(error: unknown): Facts {
  const nothing = { code: '', syscall: '', status: undefined, isForeign: false, neverSent: false };
  // A name with several addresses: Node.js has tried them all, and says so once.
  if (error instanceof AggregateError && error.errors.length > 0) return facts(error.errors[0]);
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), ...nothing };
  const { code, syscall, neverSent = false, $metadata, $response } = error as SdkError;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const status = $metadata?.httpStatusCode;
  return {
    ...{ name: error.name, message: error.message, code: text(code), syscall: text(syscall), status },
    neverSent,
    isForeign: status !== undefined && !isSesError(error.name, $metadata, $response),
  };
}

/** What the SDK calls an answer that names no error. */
const NAMELESS = /^(?:Unknown|UnknownError|Error|SyntaxError)$/;

/**
 * Whether Amazon SES itself has answered: it names its errors in the header `x-amzn-errortype`, and gives every answer a
 * request id. A page of a proxy has neither, though it may be JSON with a `code` in it.
 */
function isSesError(name: string, metadata: Metadata | undefined, response: HttpAnswer | undefined): boolean {
  const headers = Object.keys(response?.headers ?? {});
  if (headers.some((header) => header.toLowerCase() === 'x-amzn-errortype')) return true;
  return metadata?.requestId !== undefined && !NAMELESS.test(name);
}

function foreignReason(message: string, status: number | undefined): string {
  const words = message.replace(/\s*Deserialization error: to see the raw response[\s\S]*/, '').trim();
  const said = /^(?:Unknown(?:Error)?)?$/.test(words) ? '' : `: ${words}`;
  return `an answer that is not one of Amazon SES (HTTP ${status}); does a proxy answer in its place?${said}`;
}

/** What the SDK adds to an error of its own, and obn to one that came up before the request went out. */
interface SdkError {
  readonly neverSent?: boolean;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly $metadata?: Metadata;
  readonly $response?: HttpAnswer;
}

interface HttpAnswer {
  readonly headers?: Readonly<Record<string, string>>;
}

interface Metadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
}
