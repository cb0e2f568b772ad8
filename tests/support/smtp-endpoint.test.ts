import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type SmtpEndpointOptions, startSmtpEndpoint } from './smtp-endpoint.js';

const RAW = Buffer.from(
  'From: jane@weekly.example.com\r\nSubject: Hello\r\n\r\n.a line with a dot\r\n..\r\n',
);
const ENVELOPE = { from: 'jane@weekly.example.com', to: ['ada@example.com'] };

type Callback = (error?: Error | null) => void;

async function open({ timeoutMs = 30_000, ...options }: SmtpEndpointOptions & { timeoutMs?: number } = {}) {
  const endpoint = await startSmtpEndpoint(options);
  const timeouts = { socketTimeout: timeoutMs, greetingTimeout: timeoutMs };
  const connection = new SMTPConnection({ host: '127.0.0.1', port: endpoint.port, ...timeouts });
  onTestFinished(async () => {
    connection.close();
    await endpoint.close();
  });
  const during = (action: (callback: Callback) => void) =>
    new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      action((error) => (error ? reject(error) : resolve()));
    });
  const connect = () => during((callback) => connection.connect(callback));
  const send = () => during((callback) => connection.send({ ...ENVELOPE }, RAW, callback));
  return { endpoint, connection, during, connect, send };
}

test('records what it takes, byte for byte', async () => {
  const { endpoint, connect, send } = await open();
  await connect();
  await send();
  await send();
  const message = { ...ENVELOPE, raw: RAW, at: expect.any(Number) };
  expect(endpoint.messages).toEqual([message, message]);
  expect(endpoint.url).toBe(`smtp://127.0.0.1:${endpoint.port}`);
});

test('says what it has answered with yes, and takes its time for it', async () => {
  const events: unknown[] = [];
  const { connect, send } = await open({
    latencyMs: 30,
    onAnswered: (to) => events.push(to),
    fault: ({ stage, index }) => {
      if (stage === 'end' && index === 0) setTimeout(() => events.push('25 ms later'), 25);
      return stage === 'end' && index === 1 ? { code: 452, message: 'Not now' } : undefined;
    },
  });
  await connect();
  await send();
  await expect(send()).rejects.toMatchObject({ responseCode: 452 });
  expect(events).toEqual(['25 ms later', ENVELOPE.to]);
});

describe('a login', () => {
  const auth = { user: 'jane@weekly.example.com', pass: 's3cret/' };

  test('that is right', async () => {
    const { endpoint, connection, during, connect, send } = await open({ auth });
    await connect();
    await during((callback) => connection.login({ credentials: auth }, callback));
    await send();
    expect(endpoint.messages).toHaveLength(1);
    expect(endpoint.urlFor(auth.user, auth.pass)).toContain('jane%40weekly.example.com:s3cret%2F@127.0.0.1');
  });

  test('that is wrong, or missing', async () => {
    const { endpoint, connection, during, connect, send } = await open({ auth });
    await connect();
    const wrong = { credentials: { ...auth, pass: 'guess' } };
    await expect(during((callback) => connection.login(wrong, callback))).rejects.toMatchObject({
      code: 'EAUTH',
      responseCode: 535,
    });
    await expect(send()).rejects.toMatchObject({ responseCode: 530 });
    expect(endpoint.messages).toEqual([]);
  });
});

describe('a fault', () => {
  test.for(['mail', 'rcpt', 'data', 'end'] as const)(
    'reply at %s, and the connection goes on',
    async (at, { expect }) => {
      const { endpoint, connection, during, connect, send } = await open({
        fault: ({ stage, index }) =>
          stage === at && index === 0 ? { code: 452, message: 'Not now' } : undefined,
      });
      await connect();
      await expect(send()).rejects.toMatchObject({
        responseCode: 452,
        response: expect.stringContaining('Not now'),
      });
      expect(endpoint.messages).toEqual([]);
      await during((callback) => connection.reset(callback));
      await send();
      expect(endpoint.messages).toHaveLength(1);
    },
  );

  test.for([
    ['drop', 'mail', 0],
    ['drop', 'rcpt', 0],
    ['drop', 'data', 0],
    ['drop', 'end', 1],
    ['drop-before', 'data', 0],
    ['drop-before', 'end', 0],
  ] as const)('%s at %s', async ([fault, at, recorded], { expect }) => {
    const { endpoint, connect, send } = await open({
      fault: ({ stage }) => (stage === at ? fault : undefined),
    });
    await connect();
    await expect(send()).rejects.toMatchObject({
      code: expect.stringMatching(/^(ECONNECTION|ESOCKET|ECONNRESET)$/),
    });
    expect(endpoint.messages).toHaveLength(recorded);
  });

  test.for(['connect', 'mail', 'rcpt', 'data', 'end'] as const)('hang at %s', async (at, { expect }) => {
    const { endpoint, connect, send } = await open({
      timeoutMs: 500,
      fault: ({ stage }) => (stage === at ? 'hang' : undefined),
    });
    await expect(connect().then(send)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(endpoint.messages).toEqual([]);
  });

  test.for(['connect', 'mail', 'rcpt', 'data', 'end'] as const)(
    'of time: a reply at %s that comes late',
    async (at, { expect }) => {
      const { endpoint, connect, send } = await open({
        fault: ({ stage }) => (stage === at ? { delayMs: 100 } : undefined),
      });
      const events: string[] = [];
      setTimeout(() => events.push('95 ms later'), 95);
      await connect();
      await send();
      events.push('replied');
      expect(events).toEqual(['95 ms later', 'replied']);
      expect(endpoint.messages).toHaveLength(1);
    },
  );

  test('of time at the final dot: the message is recorded before', async () => {
    const { endpoint, connect, send } = await open({
      timeoutMs: 500,
      fault: ({ stage }) => (stage === 'end' ? { delayMs: 60_000 } : undefined),
    });
    await connect();
    await expect(send()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(endpoint.messages).toHaveLength(1);
  });

  test('at the greeting', async () => {
    const refused = await open({ fault: () => ({ code: 554, message: 'Go away' }) });
    await expect(refused.connect()).rejects.toMatchObject({ responseCode: 554 });
    const dropped = await open({ fault: () => 'drop' });
    await expect(dropped.connect()).rejects.toThrow();
  });

  test('421 ends the connection', async () => {
    const { connection, connect, send } = await open({
      fault: ({ stage }) => (stage === 'end' ? { code: 421, message: 'Closing' } : undefined),
    });
    await connect();
    const ended = new Promise((resolve) => connection.once('end', resolve));
    await expect(send()).rejects.toMatchObject({ responseCode: 421 });
    await ended;
  });

  test('may be waited for', async () => {
    const { endpoint, connect, send } = await open({
      fault: async ({ stage }) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return stage === 'rcpt' ? { code: 550, message: 'No such user' } : undefined;
      },
    });
    await connect();
    await expect(send()).rejects.toMatchObject({ responseCode: 550 });
    expect(endpoint.stages).toMatchObject({ connect: 1, mail: 1, rcpt: 1, end: 0 });
  });

  test('is asked for by stage, address and index', async () => {
    const { endpoint, connect, send } = await open();
    const seen: unknown[] = [];
    endpoint.fault((moment) => {
      seen.push(moment);
      return undefined;
    });
    await connect();
    await send();
    expect(seen).toEqual([
      { stage: 'connect', address: '', index: 0 },
      { stage: 'mail', address: ENVELOPE.from, index: 0 },
      { stage: 'rcpt', address: ENVELOPE.to[0], index: 0 },
      { stage: 'data', address: ENVELOPE.to[0], index: 0 },
      { stage: 'end', address: ENVELOPE.to[0], index: 0 },
    ]);
  });
});
