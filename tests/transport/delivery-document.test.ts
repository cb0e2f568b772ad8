import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../../src/delivery/circuit-breaker.js';
import { settlementFor, waitAfter } from '../../src/delivery/retry.js';
import { DELIVERY_STATES } from '../../src/ledger/send.js';
import {
  BY_NAME,
  BY_STATUS,
  entryAnswer,
  entryAnswers,
  NOT_SENT,
  answerOf as ses,
} from '../../src/transport/ses/answers.js';
import { isYes, type Stage, answerOf as smtp } from '../../src/transport/smtp/answers.js';
import { CERTIFICATE_TROUBLES } from '../../src/transport/smtp/certificate.js';
import type { SendResult } from '../../src/transport/transport.js';
import { claim } from '../delivery/answers.js';
import { nameOf, spans, tableUnder, text, wordsOf } from './document.js';

const READER = 'reader@example.com';
const SENDER = 'jane@weekly.example.com';

/** Text of a row, and what its error is about. */
function messageOf(cell: string): string {
  const words = wordsOf(cell) ?? 'words';
  if (/of the sender/.test(cell)) return `${words}: ${SENDER}`;
  return /of the reader/.test(cell) ? `${words}: ${READER}` : words;
}

/** What the SDK adds to an error that SES has answered with, or that something else has. */
function answered(httpStatusCode: number, foreign: boolean) {
  const evidence = { requestId: 'r', headers: { 'X-Amzn-ErrorType': 'SomeException' } };
  const { requestId, headers } = foreign ? { requestId: undefined, headers: {} } : evidence;
  return { $metadata: { httpStatusCode, requestId }, $response: { headers } };
}

function failure(name: string, message: string, more: object): Error {
  return Object.assign(new Error(message), { name, ...more });
}

describe('an error of SES', () => {
  it.each(tableUnder('Amazon SES: errors'))('%s: %s', (cell, kind) => {
    const any = 'any (?:other )?error|an answer that SES did not give|any error before the request goes out';
    const known = [
      ...cell.matchAll(new RegExp(`(?:\`(\\w+)\`|${any}) \\(([\\d, ]*(?:no status[, \\d]*)?)\\)`, 'g')),
    ];
    expect(known).not.toEqual([]);
    expect(known.flatMap(([, name]) => name ?? [])).toEqual(spans(cell));
    const foreign = cell.includes('SES did not give');
    const neverSent = cell.includes('before the request goes out');
    for (const [, name, statuses = ''] of known) {
      // Whatever something in between calls its error, a name of SES among it.
      const names = foreign ? ['SyntaxError', 'Unknown', 'BadRequestException'] : [name ?? 'SomethingNew'];
      const without = statuses.includes('no status') ? [undefined] : [];
      for (const status of [...without, ...(statuses.match(/\d+/g) ?? [])]) {
        const answer = status === undefined ? {} : answered(Number(status), foreign);
        for (const one of names) {
          const error = failure(one, messageOf(cell), { ...answer, ...(neverSent ? { neverSent } : {}) });
          expect(nameOf(ses(error, READER)), `${one} ${status}`).toBe(kind);
        }
      }
    }
  });

  it.each(tableUnder('Amazon SES: the connection'))('%s: %s', (cell, kind) => {
    const at = [...cell.matchAll(/`(\w+)` at `(\w+)`/g)].map(([, code, syscall]) =>
      failure('Error', 'broken', { code, syscall }),
    );
    const named = wordsOf(cell) ? spans(cell).map((name) => failure(name, messageOf(cell), {})) : [];
    const anything = cell === 'anything else' ? [new Error('what?'), 'what?'] : [];
    const errors = [...at, ...named, ...anything];
    expect(errors).not.toEqual([]);
    for (const error of errors) expect(nameOf(ses(error, READER))).toBe(kind);
  });
});

it.each(tableUnder('Amazon SES: entries of a bulk call'))('an entry of SES with %s: %s', (cell, kind) => {
  const other = cell === 'any other status' ? ['SOMETHING_NEW'] : [];
  const entries = [...spans(cell), ...other].map((Status) => ({
    Status: Status as 'SUCCESS',
    Error: messageOf(cell),
    ...(cell.includes('without a message id') ? {} : { MessageId: 'm' }),
  }));
  if (cell === 'more or fewer results than messages') {
    for (const results of [[], [{ Status: 'SUCCESS', MessageId: 'm' } as const, {}, {}]]) {
      expect(entryAnswers(results, [READER, READER]).map(nameOf)).toEqual([kind, kind]);
    }
  } else if (cell === 'no result for an entry') expect(nameOf(entryAnswer(undefined, READER))).toBe(kind);
  else expect(entries).not.toEqual([]);
  for (const entry of entries) expect(nameOf(entryAnswer(entry, READER)), entry.Status).toBe(kind);
});

/** Session stage, and the nodemailer error for a reply at that stage. */
const PLACES: Readonly<Record<string, { stage: Stage; code: string; command?: string }>> = {
  'the greeting': { stage: 'connect', code: 'EPROTOCOL' },
  'on connecting': { stage: 'connect', code: 'ECONNECTION' },
  '`AUTH`': { stage: 'connect', code: 'EAUTH' },
  '`MAIL FROM`': { stage: 'before-dot', code: 'EENVELOPE', command: 'MAIL FROM' },
  '`RCPT TO`': { stage: 'before-dot', code: 'EENVELOPE', command: 'RCPT TO' },
  '`DATA`': { stage: 'before-dot', code: 'EENVELOPE', command: 'DATA' },
  'the final dot': { stage: 'after-dot', code: 'EMESSAGE', command: 'DATA' },
};
const CLASSES: Readonly<Record<string, number[]>> = {
  '4yz': [421, 450, 451, 452],
  '5yz': [500, 550, 552, 554],
};

/** Reply of a server in a row, and the resulting nodemailer error. */
function replyOf(cell: string, code: string, place: { code: string; command?: string }) {
  const words = `${code} ${messageOf(cell)}`;
  const responseCode = Number(code);
  if (cell.includes('was cut off')) return { ...place, code: 'ECONNECTION', responseCode, response: words };
  if (cell.includes('different codes')) return { ...place, responseCode, response: `${code}-no\n250 words` };
  return { ...place, responseCode, response: words };
}

describe('an SMTP reply', () => {
  const rows = [...tableUnder('SMTP: replies'), ...tableUnder('SMTP: the connection')];
  it.each(rows)('%s: %s', (cell, kind) => {
    const places = Object.entries(PLACES).filter(([place]) => cell.includes(place));
    const codes = spans(cell).filter((span) => /^(\d+|[45]yz|[A-Z][A-Z_]+)$/.test(span));
    expect(places).not.toEqual([]);
    expect(codes.filter((code) => !['AUTH', 'DATA'].includes(code))).not.toEqual([]);
    for (const [name, { stage, ...place }] of places) {
      for (const code of codes.flatMap((one): string[] => CLASSES[one]?.map(String) ?? [one])) {
        if (['AUTH', 'DATA'].includes(code)) continue;
        if (cell.includes('in place of 250')) {
          expect(isYes(`${code} ok`), code).toBe(false);
          continue;
        }
        const certificate = code.includes('_') ? { code: 'ESOCKET', originalCode: code } : { code };
        const more = /^\d+$/.test(code) ? replyOf(cell, code, place) : { ...place, ...certificate };
        expect(nameOf(smtp(failure('Error', 'words', more), stage)), `${code} ${name}`).toBe(kind);
      }
    }
  });

  it.each(['250', '250 ok', '250-one\n250 two'])('%j is a success', (response) => {
    expect(isYes(response)).toBe(true);
  });

  it('with an untrusted certificate states the problem and the fix', () => {
    for (const originalCode of Object.keys(CERTIFICATE_TROUBLES)) {
      const result = smtp(failure('Error', 'words', { code: 'ESOCKET', originalCode }), 'connect');
      expect(result).toMatchObject({ kind: 'refused', code: originalCode });
      expect(result).toMatchObject({
        reason: expect.stringMatching(/server certificate .*rejectUnauth/),
      });
    }
  });
});

const example = (name: string): SendResult => {
  const [kind = '', about] = name.split(/[ ()]+/);
  const result = { kind, code: 'c', reason: 'r', messageId: 'm', ...(about ? { about } : {}) };
  return result as unknown as SendResult;
};

describe('what obn does', () => {
  it.each(tableUnder('Six answers'))('%s: the delivery becomes %s', (answer, state) => {
    expect(`\`${settlementFor(claim(1), example(answer), 0).state}\``).toBe(state);
  });

  it('has the documented delays and attempts', () => {
    const waits = [1, 2, 3, 4, 5].map((tries) => waitAfter(tries) / 1000);
    expect(text).toContain(`after ${waits.slice(0, -1).join(', ')} and ${waits.at(-1)} seconds`);
    const tries = [5, 6].map((attempt) => settlementFor(claim(attempt), example('deferred'), 0).state);
    expect(tries).toEqual(['queued', 'rejected']);
  });

  it.each(tableUnder('When a run pauses itself'))('%s: pauses after %s in a row', (answer, count) => {
    const guard = new CircuitBreaker(0);
    const said = Array.from({ length: 100 }, () => guard.see(example(answer), 0));
    expect(said.findIndex((reason) => reason !== undefined) + 1).toBe(Number(count));
  });

  it('has five states', () => {
    const states = tableUnder('Five states').flatMap(([state = '']) => spans(state));
    expect(states).toEqual([...DELIVERY_STATES]);
  });
});

describe('the document lists', () => {
  const named = (heading: string) => tableUnder(heading).flatMap(([cell = '']) => spans(cell));

  it('exactly the error names in the SES tables', () => {
    expect(new Set(named('Amazon SES: errors'))).toEqual(new Set(Object.keys(BY_NAME)));
    expect(new Set(named('Amazon SES: entries of a bulk call'))).toEqual(
      new Set(['SUCCESS', ...Object.keys(BY_STATUS)]),
    );
    expect(named('Amazon SES: the connection')).toEqual(expect.arrayContaining([...NOT_SENT]));
  });

  it('every SMTP code that obn checks', () => {
    const source = readFileSync(new URL('../../src/transport/smtp/answers.ts', import.meta.url), 'utf8');
    const codes = [...source.matchAll(/=== '?(E[A-Z]+|\d{3})\b/g)].map(([, code]) => code);
    expect(codes).toContain('EAUTH');
    const known = [...named('SMTP: replies'), ...named('SMTP: the connection')];
    expect(known).toEqual(expect.arrayContaining(codes));
    expect(known).toEqual(expect.arrayContaining(Object.keys(CERTIFICATE_TROUBLES)));
  });
});
