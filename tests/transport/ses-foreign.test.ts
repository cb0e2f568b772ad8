import { createServer } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import type { OutgoingMessage } from '../../src/transport/outgoing.js';
import { openSes } from '../../src/transport/ses/ses.js';
import { obn } from '../support/cli.js';
import { whenTestFinished } from '../support/finished.js';
import { makeNewsletter } from '../support/newsletter.js';
import { type SesFault, startSesEndpoint } from '../support/ses-endpoint.js';

const SEND = ['send', '1', '--transport', 'ses', '--yes', '--json'];
const json = (body: object) => ({ type: 'application/json', body: JSON.stringify(body) });

/** Answers that something in between gives in place of SES. */
const PAGES: readonly SesFault[] = [
  { page: 400 },
  { page: 403 },
  { page: 404 },
  { page: 408, body: '' },
  { page: 429 },
  { page: 400, ...json({ code: 'BadRequestException', message: 'no' }) },
  { page: 404, ...json({ __type: 'NotFoundException', message: 'no' }) },
  { page: 200 },
];

describe('a response that is not from SES', () => {
  it('leaves each message unknown, whatever the status', async () => {
    const ses = await startSesEndpoint();
    ses.fault(({ operation, index }) => (operation === 'SendEmail' ? PAGES[index] : undefined));
    const { root } = makeNewsletter({}, { readers: PAGES.length });
    const { code, json: document } = await obn(root, SEND, { env: ses.env });
    expect(document()).toMatchObject({ deliveries: { unknown: PAGES.length, rejected: 0, queued: 0 } });
    expect(code).toBe(1);
    const { stdout } = await obn(root, ['status', '1']);
    expect(stdout).toMatch(/HTTP 400: the response is not from Amazon SES .*check for a proxy/);
  });

  it('to a bulk call leaves every message unknown and does not split the call', async () => {
    const ses = await startSesEndpoint();
    ses.fault(({ operation }) => (operation === 'SendBulkEmail' ? { page: 400 } : undefined));
    const { root } = makeNewsletter({}, { readers: 8, config: { ses: { mode: 'bulk' } } });
    const { json: document } = await obn(root, SEND, { env: ses.env });
    expect(document()).toMatchObject({ deliveries: { unknown: 8, rejected: 0 } });
    expect(ses.requests.SendBulkEmail).toBe(1);
  });
});

it('credentials refused by another service stop the run and reject no message', async () => {
  const sts = createServer((_request, response) => {
    response.writeHead(400, { 'content-type': 'text/xml', 'x-amzn-requestid': 'r' });
    response.end(
      '<ErrorResponse><Error><Code>InvalidIdentityToken</Code><Message>no</Message></Error></ErrorResponse>',
    );
  });
  await new Promise<void>((resolve) => sts.listen(0, '127.0.0.1', resolve));
  whenTestFinished(() => sts.close());
  const { port } = sts.address() as { port: number };
  const { path, write } = makeNewsletter();
  write('token', 'a token');
  const env = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: 'us-east-1',
    AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/sender',
    AWS_WEB_IDENTITY_TOKEN_FILE: path('token'),
    AWS_CONFIG_FILE: path('none'),
    AWS_SHARED_CREDENTIALS_FILE: path('none'),
  };
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE'])
    vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  whenTestFinished(() => void vi.unstubAllEnvs());
  const transport = await openSes({ mode: 'single', tracking: { opens: false, clicks: false } }, env);
  whenTestFinished(() => transport.close());
  const message = {
    from: 'a@b.example',
    to: 'c@d.example',
    issue: 1,
    reference: 'r',
    raw: () => Buffer.alloc(1),
  };
  const results = await transport.send([message as unknown as OutgoingMessage]);
  expect(results).toMatchObject([{ kind: 'refused', code: expect.stringMatching(/InvalidIdentityToken/) }]);
});
