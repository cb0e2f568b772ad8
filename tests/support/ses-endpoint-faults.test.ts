import { GetAccountCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, test } from 'vitest';
import { bulkEmail, email, openSes, TO } from './ses/client.js';

describe('the account', () => {
  test('is described', async () => {
    const { endpoint, client, send } = await openSes({ account: { maxSendRate: 14 } });
    await send(email());
    endpoint.account.productionAccess = false;
    const account = await client.send(new GetAccountCommand({}));
    expect(account.SendQuota).toEqual({ Max24HourSend: 1_000_000, MaxSendRate: 14, SentLast24Hours: 1 });
    expect(account).toMatchObject({ ProductionAccessEnabled: false, SendingEnabled: true });
    await expect(send(email())).rejects.toMatchObject({ name: 'MessageRejected' });
  });

  test('has a rate, a quota and a switch', async () => {
    const { endpoint, send, bulk } = await openSes({ account: { maxSendRate: 2 }, enforceRate: true });
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

test('says what it has answered, and nothing of errors', async () => {
  const answered: unknown[] = [];
  const onAnswered = (request: unknown) => answered.push(request);
  const { endpoint, client, send, bulk } = await openSes({ onAnswered });
  endpoint.fault(({ index }) => (index === 0 ? 'reset-after' : undefined));
  await expect(send(email())).rejects.toThrow();
  await send(email());
  await bulk(bulkEmail('x', [{ name: 'x' }])).catch(() => undefined);
  await bulk(bulkEmail('x', [{ name: 'x' }, { name: 'y' }]));
  endpoint.fault();
  await client.send(new GetAccountCommand({}));
  expect(answered).toEqual([
    { operation: 'SendEmail', index: 1 },
    { operation: 'SendBulkEmail', index: 1 },
    { operation: 'GetAccount', index: 0 },
  ]);
});

describe('a fault', () => {
  test('is asked for by index, recipient and operation', async () => {
    const { endpoint, send } = await openSes();
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
    const { endpoint, send } = await openSes({ fault: () => fault });
    await expect(send(email())).rejects.toMatchObject(error);
    expect(endpoint.messages).toHaveLength(recorded);
    expect(endpoint.requests.SendEmail).toBe(1);
  });

  test('of time: an answer that comes late is recorded before', async () => {
    const { endpoint, send } = await openSes({ latencyMs: 100 });
    const sent = Date.now();
    await send(email());
    expect(Date.now() - sent).toBeGreaterThanOrEqual(99);
    expect((endpoint.messages[0]?.at ?? 0) - sent).toBeLessThan(90);
  });
});

test('a fault of the whole of SendBulkEmail, and one of GetAccount', async () => {
  const { endpoint, client, bulk } = await openSes({
    fault: ({ to }) => (to.startsWith('reader0') ? undefined : 'reset-after'),
  });
  await expect(bulk(bulkEmail('x', Array(2).fill({ name: 'x' })))).rejects.toMatchObject({
    code: 'ECONNRESET',
  });
  expect(endpoint.messages).toHaveLength(2);
  endpoint.fault(() => ({ status: 403, type: 'AccessDeniedException', message: 'not yours' }));
  await expect(client.send(new GetAccountCommand({}))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});
