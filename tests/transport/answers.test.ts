import { describe, expect, it } from 'vitest';
import { entryAnswer, answerOf as ses } from '../../src/transport/ses/answers.js';
import { type Stage, answerOf as smtp } from '../../src/transport/smtp/answers.js';

/** An error of the SDK; with a status it is an answer of SES, with its request id. */
const sdkError = (name: string, status?: number, message = 'words', more: object = {}) => {
  const $metadata = status ? { httpStatusCode: status, requestId: 'r-1' } : {};
  return Object.assign(new Error(message), { name, $metadata, ...more });
};

describe('an error of SES', () => {
  it.each([
    ['TooManyRequestsException', 429, 'deferred'],
    ['ThrottlingException', 400, 'deferred'],
    ['LimitExceededException', 400, 'refused'],
    ['AccountSuspendedException', 400, 'refused'],
    ['SendingPausedException', 400, 'refused'],
    ['MailFromDomainNotVerifiedException', 400, 'refused'],
    ['NotFoundException', 404, 'refused'],
    ['BadRequestException', 400, 'rejected'],
    ['MessageRejected', 400, 'rejected'],
    ['SomethingNew', 400, 'rejected'],
    ['SomethingNew', 403, 'refused'],
    ['InternalFailure', 500, 'unknown'],
    ['ServiceUnavailable', 503, 'unknown'],
    ['GatewayTimeout', 504, 'unknown'],
  ])('%s with status %i is %s', (name, status, kind) => {
    expect(ses(sdkError(name, status))).toMatchObject({ kind, reason: 'words' });
  });

  it.each([
    ['ECONNREFUSED', 'connect', 'deferred'],
    ['ENOTFOUND', 'getaddrinfo', 'deferred'],
    ['EAI_AGAIN', 'getaddrinfo', 'deferred'],
    ['EHOSTUNREACH', 'connect', 'deferred'],
    ['EHOSTUNREACH', 'read', 'unknown'],
    ['ENETUNREACH', 'write', 'unknown'],
    ['ECONNRESET', 'read', 'unknown'],
    ['EPIPE', 'write', 'unknown'],
    ['ETIMEDOUT', 'read', 'unknown'],
  ])('%s at %s is %s', (code, syscall, kind) => {
    expect(ses(sdkError('Error', undefined, 'broken', { code, syscall }))).toMatchObject({ kind });
  });

  it('a timeout after the request was sent is unknown', () => {
    expect(ses(sdkError('TimeoutError', undefined, 'Request timed out'))).toMatchObject({ kind: 'unknown' });
  });

  it('about a daily quota stops the run, whatever its name', () => {
    const error = sdkError('TooManyRequestsException', 429, 'Daily message quota exceeded.');
    expect(ses(error)).toMatchObject({ kind: 'refused' });
  });

  it('about an unverified identity stops the run, unless it is the recipient', () => {
    const message = 'Email address is not verified. The following identities failed: jane@news.example';
    expect(ses(sdkError('MessageRejected', 400, message), 'bob@x.example')).toMatchObject({
      kind: 'refused',
    });
    expect(ses(sdkError('MessageRejected', 400, message), 'Jane@news.example')).toMatchObject({
      kind: 'rejected',
    });
  });

  it('that is not an Error is unknown', () => {
    expect(ses('what?')).toMatchObject({ kind: 'unknown' });
  });
});

describe('an entry of a bulk call', () => {
  it.each([
    ['SUCCESS', 'accepted'],
    ['ACCOUNT_THROTTLED', 'deferred'],
    ['TRANSIENT_FAILURE', 'deferred'],
    ['FAILED', 'deferred'],
    ['INVALID_PARAMETER', 'rejected'],
    ['MESSAGE_REJECTED', 'rejected'],
    ['ACCOUNT_DAILY_QUOTA_EXCEEDED', 'refused'],
    ['ACCOUNT_SUSPENDED', 'refused'],
    ['ACCOUNT_SENDING_PAUSED', 'refused'],
    ['CONFIGURATION_SET_NOT_FOUND', 'refused'],
    ['SOMETHING_NEW', 'unknown'],
  ])('%s is %s', (status, kind) => {
    expect(entryAnswer({ Status: status as 'SUCCESS', Error: 'e', MessageId: 'm' }, 'a@b.c')).toMatchObject({
      kind,
    });
  });

  it('that is missing is unknown', () => {
    expect(entryAnswer(undefined, 'a@b.c')).toMatchObject({ kind: 'unknown' });
  });
});

describe('an error of SMTP', () => {
  const error = (more: object) => Object.assign(new Error('words'), more);
  const cases: readonly (readonly [object, Stage, string])[] = [
    [{ code: 'EAUTH', responseCode: 535 }, 'connect', 'refused'],
    [{ code: 'ESOCKET' }, 'connect', 'deferred'],
    [{ code: 'EPROTOCOL', responseCode: 554 }, 'connect', 'refused'],
    [{ code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, 'before-dot', 'rejected'],
    [{ code: 'EENVELOPE', responseCode: 450, command: 'RCPT TO' }, 'before-dot', 'deferred'],
    [{ code: 'EENVELOPE', responseCode: 550, command: 'MAIL FROM' }, 'before-dot', 'refused'],
    [{ code: 'EMESSAGE', responseCode: 554, command: 'DATA' }, 'after-dot', 'rejected'],
    [{ code: 'EMESSAGE', responseCode: 454, command: 'DATA' }, 'after-dot', 'deferred'],
    [{ code: 'ECONNECTION', responseCode: 421 }, 'before-dot', 'deferred'],
    [{ code: 'ECONNECTION' }, 'before-dot', 'deferred'],
    [{ code: 'ETIMEDOUT' }, 'before-dot', 'deferred'],
    [{ code: 'ECONNECTION' }, 'after-dot', 'unknown'],
    [{ code: 'ETIMEDOUT' }, 'after-dot', 'unknown'],
  ];

  it.each(cases)('%j, %s, is %s', (more, stage, kind) => {
    expect(smtp(error(more), stage)).toMatchObject({ kind });
  });

  it('about throttling does not count as an attempt of the message', () => {
    const slow = error({ code: 'EMESSAGE', responseCode: 454, response: '454 Throttling failure' });
    expect(smtp(slow, 'after-dot')).toMatchObject({ kind: 'deferred', about: 'pace' });
  });
});
