import type { Claim } from '../../src/ledger/delivery.js';
import type { SendResult } from '../../src/transport/transport.js';

export const accepted: SendResult = { kind: 'accepted', messageId: 'm-1' };
export const rejected: SendResult = { kind: 'rejected', code: '550', reason: 'no such user' };
export const deferred: SendResult = { kind: 'deferred', code: '451', reason: 'try later' };
export const throttled: SendResult = { kind: 'deferred', code: '429', reason: 'slow down', about: 'pace' };
export const unknown: SendResult = { kind: 'unknown', code: 'ECONNRESET', reason: 'the connection broke' };
export const refused: SendResult = { kind: 'refused', code: 'Paused', reason: 'your account is paused' };

export function claim(attempt: number): Claim {
  return {
    sequence: 7,
    attempt,
    tries: attempt - 1,
    leaseUntil: Number.MAX_SAFE_INTEGER,
    key: 'a@x.example',
    address: 'a@x.example',
    name: 'A',
    reference: 'r',
    fields: {},
  };
}
