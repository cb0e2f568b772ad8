import { describe, expect, it } from 'vitest';
import { STATUSES } from '../../src/audience/subscriber.js';
import { subscribersOf } from './lists.js';

describe('a row that can be mailed', () => {
  it('has its address, status, tags and every column', async () => {
    const text =
      'email,first_name,status,tags,Company\nAda@Example.COM,Ada,Subscribed," aws;; beginner ;",X & Y\n';
    expect(await subscribersOf(text)).toEqual([
      {
        line: 2,
        address: 'Ada@example.com',
        key: 'ada@example.com',
        status: 'subscribed',
        tags: ['aws', 'beginner'],
        fields: {
          email: 'Ada@Example.COM',
          first_name: 'Ada',
          status: 'Subscribed',
          tags: ' aws;; beginner ;',
          company: 'X & Y',
        },
      },
    ]);
  });

  it('is subscribed where nothing else is said', async () => {
    const rows = [
      ...(await subscribersOf('email\na@x.example\n')),
      ...(await subscribersOf('email,status\nb@x.example,\nc@x.example\n')),
    ];
    expect(rows.map((row) => 'status' in row && [row.status, row.tags])).toEqual([
      ['subscribed', []],
      ['subscribed', []],
      ['subscribed', []],
    ]);
  });

  it.each(STATUSES)('may be %s', async (status) => {
    expect(await subscribersOf(`email,status\na@x.example,${status.toUpperCase()}\n`)).toMatchObject([
      { status },
    ]);
  });
});

describe('a row that cannot be mailed', () => {
  it('is reported by its line and never stops the others', async () => {
    const text = [
      'email,first_name,status',
      ',Nobody,',
      'not-an-address,A,',
      'jörg@example.com,Jörg,',
      'a@x.example,A,active',
      'b@x.example,B,subscribed,one too many',
      'c@x.example,C,subscribed,two,too many',
      'd@x.example,D,subscribed',
    ].join('\n');
    expect(await subscribersOf(text)).toMatchObject([
      { line: 2, address: '', problem: 'no_address', detail: 'there is no address' },
      { line: 3, problem: 'invalid_address', detail: '"not-an-address" is not an e-mail address' },
      { line: 4, address: 'jörg@example.com', problem: 'non_ascii_local_part' },
      {
        line: 5,
        problem: 'invalid_status',
        detail: 'the status "active" is not one of subscribed, pending, unsubscribed, bounced, complained',
      },
      {
        line: 6,
        problem: 'malformed',
        detail: 'the row has a value more than the header has columns; is a comma not quoted?',
      },
      { line: 7, problem: 'malformed', detail: expect.stringContaining('2 values more') },
      { line: 8, key: 'd@x.example', status: 'subscribed' },
    ]);
  });
});
