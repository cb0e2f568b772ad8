import { describe, expect, it } from 'vitest';
import { STATUSES } from '../../src/audience/subscriber.js';
import { subscribersOf } from './lists.js';

describe('a valid row', () => {
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

  it('is subscribed by default', async () => {
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

  it.each(STATUSES)('can be %s', async (status) => {
    expect(await subscribersOf(`email,status\na@x.example,${status.toUpperCase()}\n`)).toMatchObject([
      { status },
    ]);
  });
});

describe('an invalid row', () => {
  it('is reported by its line and does not affect the others', async () => {
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
      { line: 2, address: '', problem: 'no_address', detail: 'no address' },
      { line: 3, problem: 'invalid_address', detail: '"not-an-address" is not an email address' },
      { line: 4, address: 'jörg@example.com', problem: 'non_ascii_local_part' },
      {
        line: 5,
        problem: 'invalid_status',
        detail: 'the status "active" is not one of subscribed, pending, unsubscribed, bounced, complained',
      },
      {
        line: 6,
        problem: 'malformed',
        detail: 'the row has a value more than the header has columns; put values with a comma in quotes',
      },
      { line: 7, problem: 'malformed', detail: expect.stringContaining('2 values more') },
      { line: 8, key: 'd@x.example', status: 'subscribed' },
    ]);
  });
});

describe('a column with opt-outs', () => {
  const statusOf = async (column: string, value: string) => {
    const [row] = await subscribersOf(`email,${column}\na@x.example,${value}\n`);
    return row && ('key' in row ? row.status : row.problem);
  };

  it.each([
    ['unsubscribed_at', '2024-01-05 10:00:00', 'unsubscribed'],
    ['unsubscribed_at', '1/5/2024', 'unsubscribed'],
    ['unsubscribed_at', '1704448800', 'unsubscribed'],
    ['unsubscribed_at', '0000-00-00 00:00:00', 'subscribed'],
    ['unsubscribed_at', '', 'subscribed'],
    ['Unsubscribed from all email', 'TRUE', 'unsubscribed'],
    ['Opt-Out', 'x', 'unsubscribed'],
    ['OptedOut', 'No', 'subscribed'],
    ['EMAIL_BLOCKLISTED', 'Yes', 'unsubscribed'],
    ['blacklisted', '0', 'subscribed'],
    ['Email disabled', 'true', 'unsubscribed'],
    ['deleted_at', 'Jan 5 2024', 'unsubscribed'],
    ['unsub_reason', 'too many emails', 'unsubscribed'],
    ['bounced', '1', 'bounced'],
    ['cleaned', 'yes', 'bounced'],
    ['complained', 'yes', 'complained'],
    ['confirmed', '0', 'pending'],
    ['confirmed_at', '', 'pending'],
    ['confirmed', '1', 'subscribed'],
    ['opt_in', 'nein', 'pending'],
    ['email_status', 'Inactive', 'unsubscribed'],
    ['Abgemeldet am', '5.1.2024', 'unsubscribed'],
    ['gesperrt', 'Ja', 'unsubscribed'],
    ['Désabonné', 'oui', 'unsubscribed'],
    ['baja', 'sí', 'unsubscribed'],
    ['unsubscribed', 'ask me later', 'invalid_status'],
    ['email_status', '7', 'invalid_status'],
  ])('%s with "%s" makes the reader %s', async (column, value, status) => {
    expect(await statusOf(column, value)).toBe(status);
  });

  it.each([
    ['state', 'CA'],
    ['payment_status', 'paid'],
    ['active', 'false'],
    ['phone_verified', 'no'],
    ['unsubscribe_url', 'https://example.com/u'],
    ['optin_ip', '192.0.2.1'],
    ['subscribed_at', ''],
    ['subscribed_on', ''],
    ['htmlemail', '0'],
  ])('is not %s with "%s"', async (column, value) => {
    expect(await statusOf(column, value)).toBe('subscribed');
  });

  it('counts more than a column with a weaker status', async () => {
    const list =
      'email,status,confirmed,unsubscribed\na@x.example,subscribed,yes,yes\nb@x.example,pending,no,no\n';
    const rows = await subscribersOf(list);
    expect(rows).toMatchObject([{ status: 'unsubscribed' }, { status: 'pending' }]);
  });

  it('with an unknown value is reported with the column and the value', async () => {
    const [row] = await subscribersOf('email,opt_out\na@x.example,maybe\n');
    expect(row).toMatchObject({
      detail:
        'the column "opt_out" contains "maybe", and obn cannot tell whether this reader unsubscribed; write yes or no',
    });
  });

  it('is read with invisible characters around its value', async () => {
    const [row] = await subscribersOf('email,\u200bstatus\na@x.example,\u200bunsubscribed\u200b\n');
    expect(row).toMatchObject({ status: 'unsubscribed' });
  });
});

describe('an address with an invisible character inside', () => {
  it('is reported with the name of the character', async () => {
    const [row] = await subscribersOf('email\nada@x\u200b.example\n');
    expect(row).toMatchObject({ detail: '"ada@x<U+200B>.example" is not an email address' });
  });
});
