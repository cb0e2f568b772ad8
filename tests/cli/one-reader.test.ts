import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { spawnObn } from '../support/cli.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';

const SMTP = ['send', '1', '--transport', 'smtp', '--yes', '--json'];
const SES = ['send', '1', '--transport', 'ses', '--yes', '--json'];
const FIRST = 'reader1@example.com';

describe('one reader does not hold up the others', () => {
  it('with a full mailbox, in words that sound like the pace', async () => {
    const smtp = await startSmtpEndpoint();
    smtp.fault(({ stage, address }) =>
      stage === 'rcpt' && address === FIRST
        ? { code: 452, message: '4.2.2 Mailbox full, too many messages stored' }
        : undefined,
    );
    const { root } = makeNewsletter({}, { readers: 60 });
    const { child } = spawnObn(root, SMTP, { env: smtp.env });
    await expect.poll(() => smtp.messages.length).toBe(59);
    child.kill('SIGKILL');
  });

  it('is rejected by SES in a call with others', async () => {
    const ses = await startSesEndpoint();
    ses.fault(({ to }) =>
      to === 'reader7@example.com'
        ? { status: 400, type: 'BadRequestException', message: 'Invalid address' }
        : undefined,
    );
    const { root } = makeNewsletter({}, { readers: 120, config: { ses: { mode: 'bulk' } } });
    const { code, json } = await obn(root, SES, { env: ses.env });
    expect(code).toBe(1);
    expect(json()).toMatchObject({ state: 'partial', deliveries: { accepted: 119, rejected: 1 } });
    expect(new Set(ses.messages.map(({ to }) => to)).size).toBe(119);
  });

  it('whose message hangs, not even when it is the first and there is a rate', async () => {
    const smtp = await startSmtpEndpoint();
    smtp.fault(({ stage, address }) => (stage === 'end' && address === FIRST ? 'hang' : undefined));
    const { root } = makeNewsletter({}, { readers: 6 });
    const { child } = spawnObn(root, [...SMTP, '--rate', '20'], { env: smtp.env });
    await expect.poll(() => smtp.messages.length).toBe(5);
    child.kill('SIGKILL');
  });
});

describe('a success without a message id', () => {
  it.each(['', '{}', '{"BulkEmailEntryResults":[{"Status":"SUCCESS"},{"Status":"SUCCESS"}]}'])(
    'is an answer without a message id: %j',
    async (body) => {
      const server = createServer((request, response) => {
        request.resume().on('end', () => {
          const account = { SendingEnabled: true, ProductionAccessEnabled: true };
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(request.method === 'GET' ? JSON.stringify(account) : body);
        });
      }).listen(0, '127.0.0.1');
      onTestFinished(() => void server.close().closeAllConnections());
      await once(server, 'listening');
      const env = {
        AWS_ENDPOINT_URL_SESV2: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'an-example-key',
      };
      const mode = body.includes('Bulk') ? 'bulk' : 'single';
      const { root } = makeNewsletter({}, { readers: 2, config: { ses: { mode } } });
      const { code, json, stderr } = await obn(root, SES, { env });
      expect(code).toBe(1);
      expect(json()).toMatchObject({ deliveries: { accepted: 0, unknown: 2 } });
      expect(stderr).toMatch(/a success without a message id/);
    },
  );
});

describe('the reason that stops a send is printed', () => {
  it('also with a limit', async () => {
    const smtp = await startSmtpEndpoint();
    smtp.fault(({ stage }) =>
      stage === 'rcpt' ? { code: 451, message: 'greylisted, come back' } : undefined,
    );
    const { root } = makeNewsletter({}, { readers: 3 });
    const { code, stderr, json } = await obn(root, [...SMTP, '--limit', '2'], { env: smtp.env });
    expect(code).toBe(4);
    expect(json()).toMatchObject({ deliveries: { queued: 3 } });
    expect(stderr).toMatch(/greylisted, come back/);
    expect((await obn(root, ['status', '1'])).stdout).toMatch(/451[\s\S]*greylisted/);
  });

  it('while it waits, without a terminal', async () => {
    const ses = await startSesEndpoint();
    ses.fault(({ operation }) =>
      operation === 'SendEmail'
        ? { status: 429, type: 'TooManyRequestsException', message: 'Maximum sending rate exceeded.' }
        : undefined,
    );
    const { root } = makeNewsletter({}, { readers: 3 });
    const { child } = spawnObn(root, SES, { env: ses.env });
    let said = '';
    child.stderr?.on('data', (text) => {
      said += text;
    });
    await expect.poll(() => said).toMatch(/deferred: TooManyRequestsException: Maximum sending rate/);
    child.kill('SIGKILL');
  });

  it('a login that the server does not ask for', async () => {
    const smtp = await startSmtpEndpoint();
    const { root } = makeNewsletter({}, { readers: 2 });
    const url = smtp.url.replace('smtp://', 'smtp://me:secret@');
    const { code, stderr } = await obn(root, SMTP, { env: { SMTP_URL: url } });
    expect(code).toBe(4);
    expect(stderr).toMatch(/has a login, but the server does not support authentication/);
    expect(stderr).not.toMatch(/secret/);
  });
});

it.each([
  [['send', '1', '--test', ''], /--test needs an address/],
  [['send', '1', '--ledger', ''], /--ledger needs the address of a ledger/],
  [['send', '1', '--rate', '1e-320'], /--rate takes a number of at least 0\.001/],
] as const)('%j is told what it lacks', async (args, words) => {
  const { code, stderr } = await obn(makeNewsletter().root, args);
  expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
});
