import { describe, expect, it } from 'vitest';
import { entryAnswers } from '../../src/transport/ses/answers.js';

const TO = ['a@example.com', 'b@example.com', 'c@example.com'];
const ok = (id: string) => ({ Status: 'SUCCESS', MessageId: id }) as const;

describe('the results of SendBulkEmail', () => {
  it('match the messages by order', () => {
    const results = entryAnswers([ok('1'), { Status: 'MESSAGE_REJECTED', Error: 'no' }, ok('3')], TO);
    expect(results.map(({ kind }) => kind)).toEqual(['accepted', 'rejected', 'accepted']);
  });

  it.each([
    ['none', []],
    ['too few', [ok('1'), { Status: 'MESSAGE_REJECTED', Error: 'no' } as const]],
    ['too many', [ok('1'), ok('2'), ok('3'), ok('4')]],
  ])('leave every message unknown with %s', (_name, results) => {
    expect(entryAnswers(results, TO).map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('leave a message unknown without a message id or with an unknown status', () => {
    const odd = [{ Status: 'SUCCESS' }, { Status: 'SOMETHING_NEW' as never }, {}] as const;
    expect(entryAnswers(odd, TO).map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'unknown']);
  });
});
