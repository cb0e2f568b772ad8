import type { SesFault, SesFaultHandler } from '../support/ses-endpoint.js';
import type { Answer, Kind } from './answers.js';

export type SesAnswer<K extends Kind = Kind> = Answer<SesFault, K>;

const error = <K extends Kind>(kind: K, status: number, type: string, message: string): SesAnswer<K> => ({
  name: `${status} ${type}: ${message}`,
  fault: { status, type, message },
  kind,
  says: `${type}: ${message}`,
});

/** What goes wrong with a whole call. */
export const CALL_ANSWERS: readonly SesAnswer[] = [
  { name: 'reset before it was taken', fault: 'reset-before', kind: 'unknown', says: /ECONNRESET|EPIPE/ },
  { name: 'reset after it was taken', fault: 'reset-after', kind: 'unknown', says: /ECONNRESET|EPIPE/ },
  { name: '500 after it was taken', fault: 'error-after', kind: 'unknown', says: 'InternalFailure' },
  { name: 'hang', fault: 'hang', kind: 'unknown', says: /ETIMEDOUT|TimeoutError/ },
  error('unknown', 500, 'InternalServiceErrorException', 'Please try again.'),
  error('unknown', 503, 'ServiceUnavailable', 'Please come back later.'),
  error('pace', 429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'),
  error('pace', 400, 'ThrottlingException', 'Rate exceeded'),
  error('rejected', 400, 'MessageRejected', 'The message has a virus.'),
  error('rejected', 400, 'BadRequestException', 'The header is too long.'),
  error('refused', 400, 'MessageRejected', 'Email address is not verified: jane@weekly.example.com'),
  error('refused', 400, 'LimitExceededException', 'Daily message quota exceeded.'),
  error('refused', 429, 'TooManyRequestsException', 'Daily message quota exceeded.'),
  error('refused', 400, 'AccountSuspendedException', 'The account is suspended.'),
  error('refused', 400, 'SendingPausedException', 'Sending is paused for this account.'),
  error('refused', 400, 'MailFromDomainNotVerifiedException', 'The MAIL FROM domain has no MX.'),
  error('refused', 403, 'ExpiredTokenException', 'The security token has expired.'),
  error('refused', 404, 'NotFoundException', 'Configuration set weekly does not exist.'),
];

const entry = <K extends Kind>(kind: K, status: EntryStatus): SesAnswer<K> => ({
  name: status,
  fault: { entry: status, error: `Words about ${status}.` },
  kind,
  says: `${status}: Words about ${status}.`,
});

type EntryStatus = Extract<SesFault, { entry: unknown }>['entry'];

/** What can become of an entry of SendBulkEmail. */
export const ENTRY_ANSWERS: readonly SesAnswer[] = [
  entry('pace', 'ACCOUNT_THROTTLED'),
  entry('deferred', 'TRANSIENT_FAILURE'),
  entry('deferred', 'FAILED'),
  entry('rejected', 'INVALID_PARAMETER'),
  entry('rejected', 'MESSAGE_REJECTED'),
  entry('refused', 'ACCOUNT_DAILY_QUOTA_EXCEEDED'),
  entry('refused', 'ACCOUNT_SUSPENDED'),
  entry('refused', 'ACCOUNT_SENDING_PAUSED'),
  entry('refused', 'CONFIGURATION_SET_SENDING_PAUSED'),
  entry('refused', 'CONFIGURATION_SET_NOT_FOUND'),
  entry('refused', 'MAIL_FROM_DOMAIN_NOT_VERIFIED'),
  entry('refused', 'TEMPLATE_NOT_FOUND'),
  entry('refused', 'INVALID_SENDING_POOL_NAME'),
];

/** Goes wrong for every call that sends, or only for the first ones. */
export function everyCall(fault: SesFault, calls = Number.POSITIVE_INFINITY): SesFaultHandler {
  return ({ operation, index }) => (operation !== 'GetAccount' && index < calls ? fault : undefined);
}

/** Goes wrong for these readers, once for each. */
export function onceFor(answers: Iterable<{ reader: string; fault: SesFault }>): SesFaultHandler {
  const left = new Map([...answers].map(({ reader, fault }) => [reader, fault]));
  return ({ to }) => {
    const fault = left.get(to);
    left.delete(to);
    return fault;
  };
}
