import {
  ListSuppressedDestinationsCommand,
  type ListSuppressedDestinationsCommandInput,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { email, HEADER, openSes, TO } from './ses/client.js';

describe('SendEmail', () => {
  test('records what it accepts', async () => {
    const { endpoint, send } = await openSes();
    const { MessageId } = await send(email({ ConfigurationSetName: 'weekly' }));
    expect(endpoint.messages).toEqual([
      {
        to: TO,
        raw: expect.any(Buffer),
        tags: { 'obn-issue': '1' },
        messageId: MessageId,
        at: expect.any(Number),
      },
    ]);
    expect(endpoint.messages[0]?.raw.toString()).toBe([...HEADER, '', 'Hi', ''].join('\r\n'));
    expect(endpoint.requests).toMatchObject({ SendEmail: 1, SendBulkEmail: 0, GetAccount: 0 });
  });

  test('takes a line of 998 octets, a folded header and a recipient from the header', async () => {
    const { endpoint, send } = await openSes();
    const { Destination: _, ...input } = email({}, [...HEADER, 'X-Long: a', '  b'], 'x'.repeat(998));
    await send(input);
    expect(endpoint.messages.map(({ to }) => to)).toEqual([TO]);
  });

  test('makes a message of simple content', async () => {
    const { endpoint, send } = await openSes();
    const text = (Data: string) => ({ Data, Charset: 'UTF-8' });
    const Headers = [{ Name: 'List-Id', Value: '<weekly.example.com>' }];
    const Body = { Text: text('Grüße'), Html: text('<p>Grüße</p>') };
    await send(email({ Content: { Simple: { Subject: text('Grüße'), Body, Headers } } }));
    const parsed = await simpleParser(endpoint.messages[0]?.raw ?? '');
    expect(parsed).toMatchObject({ subject: 'Grüße', html: '<p>Grüße</p>' });
  });

  test.for<[string, SendEmailCommandInput, RegExp]>([
    ['a duplicate header', email({}, [...HEADER, 'subject: Again']), /Duplicate header 'subject'/],
    ['no From', email({}, HEADER.slice(1)), /Missing required header 'From'/],
    ['a line of 999 octets', email({}, HEADER, 'x'.repeat(999)), /999 octets/],
    ['a header line of 999 octets', email({}, [...HEADER, `X-Long: ${'x'.repeat(991)}`]), /999 octets/],
    ['non-ASCII', email({}, HEADER, 'Grüße'), /not 7bit/],
    ['a bare LF', email({}, HEADER, 'a\nb'), /bare LF/],
    ['a bare CR', email({}, HEADER, 'a\rb'), /bare CR/],
    ['a line that is no header', email({}, [...HEADER, 'nonsense']), /Illegal header/],
    ['a bad tag name', email({ EmailTags: [{ Name: 'a b', Value: '1' }] }), /EmailTags\/0\/Name/],
    ['a bad tag value', email({ EmailTags: [{ Name: 'a', Value: TO }] }), /EmailTags\/0\/Value/],
    ['a bad configuration set', email({ ConfigurationSetName: 'a.b' }), /ConfigurationSetName/],
    ['a non-ASCII local part', email({ Destination: { ToAddresses: ['gr\u00fc@example.com'] } }), /illegal/],
    ['a non-ASCII domain', email({ Destination: { ToAddresses: ['a@gr\u00fc.example'] } }), /illegal/],
    ['no domain', email({ Destination: { ToAddresses: ['ada'] } }), /Missing final '@domain'/],
    ['51 recipients', email({ Destination: { ToAddresses: Array(51).fill(TO) } }), /exceeds 50/],
    ['no content', email({ Content: {} }), /Content must NOT have fewer than 1/],
    [
      'two contents',
      email({ Content: { ...email().Content, Template: {} } }),
      /Content must NOT have more than 1/,
    ],
  ])('refuses %s', async ([, input, message], { expect }) => {
    const { endpoint, send } = await openSes();
    await expect(send(input)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringMatching(message),
      $metadata: { httpStatusCode: 400 },
    });
    expect(endpoint.messages).toEqual([]);
  });

  test('refuses an unknown key and a request without a signature', async () => {
    const { endpoint } = await openSes();
    const post = (headers: Record<string, string>, body: object) =>
      fetch(`${endpoint.url}/v2/email/outbound-emails`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
    const unsigned = await post({}, {});
    expect(unsigned.status).toBe(403);
    expect(unsigned.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    const Content = { Raw: { Data: 'IyMj' } };
    const unknown = await post(
      { authorization: 'AWS4-HMAC-SHA256 Credential=x' },
      { Content, Colour: 'red' },
    );
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toEqual({ message: expect.stringContaining('(Colour)') });
  });
});

describe('ListSuppressedDestinations', () => {
  test('gives a page at a time, and takes no token but its own', async () => {
    const { endpoint, client } = await openSes();
    const reasons = ['BOUNCE', 'COMPLAINT', 'BOUNCE', 'BOUNCE'] as const;
    endpoint.suppressions = reasons.map((reason, at) => ({ address: `r${at}@example.com`, reason }));
    const list = (input: ListSuppressedDestinationsCommandInput) =>
      client.send(new ListSuppressedDestinationsCommand(input));
    const first = await list({});
    expect(first.SuppressedDestinationSummaries?.map(({ EmailAddress }) => EmailAddress)).toEqual([
      ...['r0@example.com', 'r1@example.com', 'r2@example.com'],
    ]);
    const second = await list({ NextToken: first.NextToken });
    expect(second).toMatchObject({ SuppressedDestinationSummaries: [{ EmailAddress: 'r3@example.com' }] });
    expect(second.NextToken).toBeUndefined();
    const complaints = await list({ Reasons: ['COMPLAINT'], PageSize: 1 });
    expect(complaints.SuppressedDestinationSummaries).toHaveLength(1);
    await expect(list({ NextToken: 'x' })).rejects.toThrow(/NextToken/);
    await expect(list({ PageSize: 0 })).rejects.toThrow(/PageSize/);
  });
});
