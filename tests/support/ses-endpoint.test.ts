import {
  GetAccountCommand,
  SESv2Client,
  SendBulkEmailCommand,
  type SendBulkEmailCommandInput,
  SendEmailCommand,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { simpleParser } from 'mailparser';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type SesEndpointOptions, startSesEndpoint } from './ses-endpoint.js';

const TO = 'ada@example.com';
const HEADER = ['From: Jane <jane@weekly.example.com>', `To: ${TO}`, 'Subject: Hello', 'MIME-Version: 1.0'];

afterEach(() => vi.unstubAllEnvs());

async function open(options: SesEndpointOptions = {}) {
  const endpoint = await startSesEndpoint(options);
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  for (const [name, value] of Object.entries(endpoint.env)) vi.stubEnv(name, value);
  const client = new SESv2Client({
    maxAttempts: 1,
    requestHandler: { requestTimeout: 300, throwOnRequestTimeout: true },
  });
  onTestFinished(async () => {
    client.destroy();
    await endpoint.close();
  });
  const send = (input: SendEmailCommandInput) => client.send(new SendEmailCommand(input));
  const bulk = (input: SendBulkEmailCommandInput) => client.send(new SendBulkEmailCommand(input));
  return { endpoint, client, send, bulk };
}

function email(
  changes: Partial<SendEmailCommandInput> = {},
  lines = HEADER,
  body = 'Hi',
): SendEmailCommandInput {
  return {
    FromEmailAddress: 'jane@weekly.example.com',
    Destination: { ToAddresses: [TO] },
    Content: { Raw: { Data: Buffer.from([...lines, '', body, ''].join('\r\n'), 'latin1') } },
    EmailTags: [{ Name: 'obn-issue', Value: '1' }],
    ...changes,
  };
}

function bulkEmail(text: string, data: Record<string, string>[]): SendBulkEmailCommandInput {
  return {
    FromEmailAddress: 'Jane <jane@weekly.example.com>',
    DefaultContent: {
      Template: { TemplateContent: { Subject: 'Hello {{name}}', Text: text }, TemplateData: '{}' },
    },
    BulkEmailEntries: data.map((values, at) => ({
      Destination: { ToAddresses: [`reader${at}@example.com`] },
      ReplacementTags: [{ Name: 'obn-delivery', Value: `d${at}` }],
      ReplacementHeaders: [{ Name: 'List-Unsubscribe', Value: `<https://weekly.example.com/${at}>` }],
      ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify(values) } },
    })),
  };
}

describe('SendEmail', () => {
  test('records what it accepts', async () => {
    const { endpoint, send } = await open();
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
    expect(endpoint.requests).toEqual({ SendEmail: 1, SendBulkEmail: 0, GetAccount: 0 });
  });

  test('takes a line of 998 octets, a folded header and a recipient from the header', async () => {
    const { endpoint, send } = await open();
    const { Destination: _, ...input } = email({}, [...HEADER, 'X-Long: a', '  b'], 'x'.repeat(998));
    await send(input);
    expect(endpoint.messages.map(({ to }) => to)).toEqual([TO]);
  });

  test('makes a message of simple content', async () => {
    const { endpoint, send } = await open();
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
    const { endpoint, send } = await open();
    await expect(send(input)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringMatching(message),
      $metadata: { httpStatusCode: 400 },
    });
    expect(endpoint.messages).toEqual([]);
  });

  test('refuses an unknown key and a request without a signature', async () => {
    const { endpoint } = await open();
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
      { authorization: 'AWS4-HMAC-SHA256 …'.slice(0, -1) },
      { Content, Colour: 'red' },
    );
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toEqual({ message: expect.stringContaining('(Colour)') });
  });
});

describe('SendBulkEmail', () => {
  test('fills an inline template for each entry', async () => {
    const { endpoint, bulk } = await open();
    const answer = await bulk(bulkEmail('{{name}} & {{name}}', [{ name: '<Ada>' }, { name: '{{x}}' }, {}]));
    expect(answer.BulkEmailEntryResults?.map(({ Status }) => Status)).toEqual([
      'SUCCESS',
      'SUCCESS',
      'SUCCESS',
    ]);
    const parsed = await Promise.all(endpoint.messages.map(({ raw }) => simpleParser(raw)));
    expect(parsed.map(({ text }) => text?.trim())).toEqual(['<Ada> & <Ada>', '{{x}} & {{x}}']);
    expect(parsed[1]?.headers.get('list')).toMatchObject({
      unsubscribe: { url: 'https://weekly.example.com/1' },
    });
    expect(endpoint.messages.map(({ tags }) => tags['obn-delivery'])).toEqual(['d0', 'd1']);
    expect(endpoint.renderingFailures).toEqual([
      {
        to: 'reader2@example.com',
        messageId: answer.BulkEmailEntryResults?.[2]?.MessageId,
        error: "Attribute 'name' is not present in the rendering data.",
      },
    ]);
  });

  test.for(['{{#if name}}x{{/if}}', '{{a.b}}', '{{first_name}}', '{{{name}}}', 'open {{'])(
    'refuses the template %s',
    async (text, { expect }) => {
      const { bulk } = await open();
      await expect(bulk(bulkEmail(text, [{ name: 'Ada' }]))).rejects.toMatchObject({
        name: 'BadRequestException',
        message: 'Template contains unsupported operations.',
      });
    },
  );

  test('refuses more than 50 entries, and more than 1 MB', async () => {
    const { bulk } = await open();
    await expect(bulk(bulkEmail('x', Array(51).fill({ name: 'x' })))).rejects.toThrow(/more than 50/);
    await expect(bulk(bulkEmail('x'.repeat(1024 * 1024), [{ name: 'x' }]))).rejects.toThrow(/size exceeds/);
  });

  test('fails single entries', async () => {
    const { endpoint, bulk } = await open();
    endpoint.fault(({ to }) =>
      to.startsWith('reader1') ? { entry: 'TRANSIENT_FAILURE', error: 'later' } : undefined,
    );
    const answer = await bulk(bulkEmail('x', [{ name: 'a' }, { name: 'b' }]));
    expect(answer.BulkEmailEntryResults?.[1]).toEqual({ Status: 'TRANSIENT_FAILURE', Error: 'later' });
    expect(endpoint.messages.map(({ to }) => to)).toEqual(['reader0@example.com']);
  });
});

describe('the account', () => {
  test('is described', async () => {
    const { endpoint, client, send } = await open({ account: { maxSendRate: 14 } });
    await send(email());
    endpoint.account.productionAccess = false;
    const account = await client.send(new GetAccountCommand({}));
    expect(account.SendQuota).toEqual({ Max24HourSend: 1_000_000, MaxSendRate: 14, SentLast24Hours: 1 });
    expect(account).toMatchObject({ ProductionAccessEnabled: false, SendingEnabled: true });
    await expect(send(email())).rejects.toMatchObject({ name: 'MessageRejected' });
  });

  test('has a rate, a quota and a switch', async () => {
    const { endpoint, send, bulk } = await open({ account: { maxSendRate: 2 }, enforceRate: true });
    const sent = await bulk(bulkEmail('x', Array(3).fill({ name: 'x' })));
    expect(sent.BulkEmailEntryResults?.map(({ Status }) => Status)).toEqual([
      'SUCCESS',
      'SUCCESS',
      'ACCOUNT_THROTTLED',
    ]);
    await expect(send(email())).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Maximum sending rate exceeded.',
      $metadata: { httpStatusCode: 429 },
    });
    await new Promise((resolve) => setTimeout(resolve, 1050));
    await send(email());
    endpoint.account.max24HourSend = 3;
    await expect(send(email())).rejects.toMatchObject({ name: 'LimitExceededException' });
    endpoint.account.sendingEnabled = false;
    await expect(send(email())).rejects.toMatchObject({ name: 'SendingPausedException' });
    expect(endpoint.messages).toHaveLength(3);
  });
});

describe('a fault', () => {
  test('is asked for by index, recipient and operation', async () => {
    const { endpoint, send } = await open();
    const seen: unknown[] = [];
    endpoint.fault((moment) => {
      seen.push(moment);
      return moment.index === 0
        ? { status: 404, type: 'NotFoundException', message: 'no such set' }
        : undefined;
    });
    await expect(send(email())).rejects.toMatchObject({ name: 'NotFoundException', message: 'no such set' });
    await send(email());
    expect(seen).toEqual([
      { index: 0, to: TO, operation: 'SendEmail' },
      { index: 1, to: TO, operation: 'SendEmail' },
    ]);
    expect(endpoint.messages).toHaveLength(1);
  });

  test.for([
    ['reset-before', { code: 'ECONNRESET' }, 0],
    ['reset-after', { code: 'ECONNRESET' }, 1],
    ['error-after', { name: 'InternalFailure', $metadata: { httpStatusCode: 500 } }, 1],
    ['hang', { name: 'TimeoutError' }, 0],
  ] as const)('%s', async ([fault, error, recorded], { expect }) => {
    const { endpoint, send } = await open({ fault: () => fault });
    await expect(send(email())).rejects.toMatchObject(error);
    expect(endpoint.messages).toHaveLength(recorded);
    expect(endpoint.requests.SendEmail).toBe(1);
  });

  test('of time: an answer that comes late is recorded before', async () => {
    const { endpoint, send } = await open({ latencyMs: 100 });
    const sent = Date.now();
    await send(email());
    expect(Date.now() - sent).toBeGreaterThanOrEqual(99);
    expect((endpoint.messages[0]?.at ?? 0) - sent).toBeLessThan(90);
  });
});
