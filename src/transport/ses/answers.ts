import type { BulkEmailEntryResult } from '@aws-sdk/client-sesv2';
import { DAILY_QUOTA } from '../daily-quota.js';
import type { SendResult } from '../transport.js';

type Kind = Exclude<SendResult['kind'], 'accepted'>;

/**
 * Meaning of SendEmail errors (Amazon SES API v2 reference, "SendEmail: Errors"; developer guide, "Managing
 * your sending quotas"). Other errors are classified by HTTP status.
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

/** Connection errors before the request was sent. */
export const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

/**
 * Whether the sender is not verified, which affects every message although SES rejects each one separately.
 * In the sandbox it can also be the recipient, which affects only this message.
 */
function isSender(message: string, to: string | undefined): boolean {
  const recipient = to !== undefined && message.toLowerCase().includes(to.toLowerCase());
  return /not verified/i.test(message) && !recipient;
}

/** The result for a message that SES accepted. A response without an ID is not from SES. */
export function takenAs(messageId: string | undefined): SendResult {
  if (messageId) return { kind: 'accepted', messageId };
  const reason = 'the response is a success without a message id; check for a proxy in between';
  return { kind: 'unknown', code: 'no message id', reason };
}

/**
 * Classifies an SDK error. The result is definite only if the response is from Amazon SES. Otherwise it is
 * `unknown`: SES may have accepted the message before something in between responded.
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

/** Meaning of a SendBulkEmail entry status (API reference, BulkEmailEntryResult). */
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
 * Results of SendBulkEmail per entry. They are matched only by order, so a list of a different length leaves
 * every message unknown.
 */
export function entryAnswers(
  results: readonly BulkEmailEntryResult[],
  addresses: readonly string[],
): SendResult[] {
  if (results.length === addresses.length) {
    return addresses.map((to, index) => entryAnswer(results[index], to));
  }
  const reason = `SES returned ${results.length} results for ${addresses.length} messages`;
  return addresses.map(() => ({ kind: 'unknown', code: 'wrong number of results', reason }));
}

/** The result of one bulk entry. An entry without a result may have been accepted. */
export function entryAnswer(entry: BulkEmailEntryResult | undefined, to: string): SendResult {
  const code = entry?.Status ?? 'no status';
  if (code === 'SUCCESS') return takenAs(entry?.MessageId);
  const reason = entry?.Error ?? 'the response has no details';
  const known = BY_STATUS[code] ?? 'unknown';
  if (known === 'throttled') return { kind: 'deferred', code, reason, about: 'pace' };
  if (known === 'rejected' && isSender(reason, to)) return { kind: 'refused', code, reason };
  return { kind: known, code, reason };
}

interface Facts {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  /** The system call that failed. */
  readonly syscall: string;
  readonly status: number | undefined;
  /** Whether a response arrived that is not identifiably from SES. */
  readonly isForeign: boolean;
  /** Whether the error occurred before the request was sent: credentials, region, signature. */
  readonly neverSent: boolean;
}

function facts(error: unknown): Facts {
  const nothing = { code: '', syscall: '', status: undefined, isForeign: false, neverSent: false };
  // For a host with several addresses, Node.js tries all of them and reports one combined error.
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

/** Names that the SDK gives to responses without an error name. */
const NAMELESS = /^(?:Unknown|UnknownError|Error|SyntaxError)$/;

/**
 * Whether the response is from Amazon SES: it has the header `x-amzn-errortype` and a request ID. A proxy
 * response has neither, although it may be JSON with a `code`.
 */
function isSesError(name: string, metadata: Metadata | undefined, response: HttpAnswer | undefined): boolean {
  const headers = Object.keys(response?.headers ?? {});
  if (headers.some((header) => header.toLowerCase() === 'x-amzn-errortype')) return true;
  return metadata?.requestId !== undefined && !NAMELESS.test(name);
}

function foreignReason(message: string, status: number | undefined): string {
  const words = message.replace(/\s*Deserialization error: to see the raw response[\s\S]*/, '').trim();
  const said = /^(?:Unknown(?:Error)?)?$/.test(words) ? '' : `: ${words}`;
  return `the response is not from Amazon SES (HTTP ${status}); check for a proxy in between${said}`;
}

/** Fields that the SDK adds to its errors, and obn to errors that occurred before the request was sent. */
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
