import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/table.js';
import { UnsubscribeTokens } from '../../src/message/token.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { SECRET } from '../support/secret.js';
import { freePort, oneClick, rawRequest, startServe } from '../support/serve.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';

const LIST = 'test-weekly.weekly.example.com';

/** A newsletter whose links lead to a port of this machine. */
async function open(config: Readonly<Record<string, unknown>> = {}, readers?: number) {
  const port = await freePort();
  const unsubscribe = { url: `http://127.0.0.1:${port}/unsubscribe` };
  const options = { config: { unsubscribe, ...config }, ...(readers === undefined ? {} : { readers }) };
  return {
    ...makeNewsletter({}, options),
    port,
    link: (key: string) => `${unsubscribe.url}?token=${new UnsubscribeTokens(SECRET, LIST).issue(key)}`,
  };
}

const OUTBOX = { send: { transport: 'outbox' } };

describe('obn serve', () => {
  it('prints its address, logs each request, and finishes requests in flight', async () => {
    const newsletter = await open(OUTBOX);
    const { child, result, texts, url } = await startServe(newsletter, newsletter.port);
    expect(url).toBe(`http://127.0.0.1:${newsletter.port}`);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const socket = connect(newsletter.port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (piece) => {
      answer += piece;
    });
    const body = 'email=new%40example.com';
    const request = [
      ...['POST /subscribe HTTP/1.1', 'Host: localhost', 'Content-Type: application/x-www-form-urlencoded'],
      ...[`Content-Length: ${body.length}`, 'Connection: close', '', body],
    ].join('\r\n');
    socket.write(request.slice(0, -5));
    await expect.poll(() => fetch(`${url}/health`).then(({ ok }) => ok)).toBe(true);
    child.kill('SIGTERM');
    await expect.poll(() => texts.stderr).toContain('Finishing requests in progress');
    await expect
      .poll(() =>
        fetch(`${url}/health`).then(
          () => 'there',
          () => 'gone',
        ),
      )
      .toBe('gone');
    socket.write(request.slice(-5));
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect((await result).code).toBe(0);
    expect(texts.stderr).toMatch(/^\S+Z GET health 200 \d+ ms$/m);
    expect(texts.stderr).toMatch(/^\S+Z POST subscribe 200 \d+ ms$/m);
    expect(texts.stderr).not.toMatch(/token=|new@/);
    expect(texts.stderr).not.toContain('do not lead here');
  });

  it('counts one click in chunks, with any body, and with none', async () => {
    const newsletter = await open(OUTBOX);
    const { texts } = await startServe(newsletter, newsletter.port);
    const TOKEN = /token=[\w-]+/;
    const whole = oneClick(newsletter.link('TOKEN'));
    const length = /Content-Length: \d+\r\n/;
    const send = async (text: string, key: string, port = newsletter.port) => {
      const [token = ''] = TOKEN.exec(newsletter.link(key)) ?? [];
      return (await rawRequest(port, text.replace(TOKEN, token))).slice(9, 12);
    };
    const [head = '', body = ''] = whole.replace(length, 'Transfer-Encoding: chunked\r\n').split('\r\n\r\n');
    const chunks = (text: string) => `${head}\r\n\r\n${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
    const bare = `${whole.replace(length, '').split('\r\n\r\n')[0]}\r\n\r\n`;
    expect(await send(bare.replace('POST', 'OPTIONS'), 'options@example.com')).toBe('404');
    const counted = {
      'chunks@example.com': chunks(body),
      'large@example.com': chunks('x'.repeat(200_000)),
      'bare@example.com': bare,
      'untyped@example.com': whole.replace(/Content-Type: .*\r\n/, ''),
      'text@example.com': whole.replace(/Content-Type: .*\r\n/, 'Content-Type: text/plain\r\n'),
      'cut@example.com': whole.replace(length, 'Content-Length: 9000\r\n'),
    };
    for (const [key, text] of Object.entries(counted)) expect(await send(text, key), key).toBe('200');
    expect(texts.stderr).not.toContain('Something failed');
    const keys = Object.keys(counted);
    const ledger = await openLedger('sqlite:.obn/ledger.db', newsletter.root, { create: true });
    const gone = await ledger.readers
      .suppressed([...keys, 'options@example.com'])
      .finally(() => ledger.close());
    expect([...gone.keys()].sort()).toEqual(keys.sort());
  });

  it('sends the confirmation email through the configured transport', async () => {
    const smtp = await startSmtpEndpoint();
    const newsletter = await open({ send: { transport: 'smtp' }, reply_to: 'hello@weekly.example.com' });
    const { url, child, result } = await startServe(newsletter, newsletter.port, { env: smtp.env });
    const form = new URLSearchParams({ email: 'new@example.com', first_name: 'New' });
    expect((await fetch(`${url}/subscribe`, { method: 'POST', body: form })).status).toBe(200);
    await expect.poll(() => smtp.messages.length).toBe(1);
    const { raw = '', to } = smtp.messages[0] ?? {};
    expect(to).toEqual(['new@example.com']);
    const mail = await simpleParser(raw);
    expect(mail.subject).toBe('Confirm your subscription to Test Weekly');
    expect(mail.from?.text).toBe('"Jane Doe" <jane@weekly.example.com>');
    expect(mail.replyTo?.text).toBe('hello@weekly.example.com');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect([mail.headers.has('list'), mail.headers.has('x-obn-issue')]).toEqual([false, false]);
    const [link = ''] = new RegExp(`${url}/confirm\\?token=[\\w-]+`).exec(mail.text ?? '') ?? [];
    expect(mail.html).toContain(`href="${link}"`);
    expect(await (await fetch(link, { method: 'POST' })).text()).toContain('Welcome to Test Weekly');
    child.kill('SIGINT');
    expect((await result).code).toBe(0);
  });

  it('retries a deferred email, and immediately on shutdown', async () => {
    const smtp = await startSmtpEndpoint();
    let asked = 0;
    smtp.fault(({ stage }) => {
      if (stage !== 'rcpt') return undefined;
      asked += 1;
      return asked === 1 ? { code: 451, message: 'later' } : undefined;
    });
    const newsletter = await open({ send: { transport: 'smtp' } });
    const { url, child, result } = await startServe(newsletter, newsletter.port, { env: smtp.env });
    await fetch(`${url}/subscribe`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'new@example.com' }),
    });
    await expect.poll(() => asked).toBe(1);
    child.kill('SIGTERM');
    expect((await result).code).toBe(0);
    expect(smtp.messages).toHaveLength(1);
  });

  it('writes the email to the outbox in a rehearsal, and warns that it is not sent', async () => {
    const newsletter = await open(OUTBOX);
    const { url, texts } = await startServe(newsletter, newsletter.port);
    await fetch(`${url}/subscribe`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'new@example.com' }),
    });
    await expect.poll(() => existsSync(newsletter.path('.obn/outbox/000/new@example.com.eml'))).toBe(true);
    expect(texts.stderr).toContain('go to the outbox, so nobody receives them');
  });

  it('warns once about a proxy that is not configured', async () => {
    const newsletter = await open(OUTBOX);
    const { url, texts } = await startServe(newsletter, newsletter.port);
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    for (let at = 0; at < 2; at++) await fetch(`${url}/unsubscribe?token=1x`, { headers });
    await expect.poll(() => texts.stderr.match(/GET unsubscribe 400/g)).toHaveLength(2);
    expect(texts.stderr.match(/Add --trust-proxy 1/g)).toHaveLength(1);
  });

  it('warns when links in emails lead elsewhere', async () => {
    const { root, port } = await open({
      ...OUTBOX,
      unsubscribe: { url: `http://127.0.0.1:${await freePort()}/unsubscribe` },
    });
    const { texts } = await startServe({ root }, port);
    await expect
      .poll(() => texts.stderr)
      .toMatch(/do not lead here: http:\/\/127\.0\.0\.1:\d+\/health did not answer/);
  });

  it.each([
    ['an unset secret', {}, { OBN_SECRET: undefined }, 3, /OBN_SECRET is not set/],
    ['a weak secret', {}, { OBN_SECRET: 'short' }, 3, /secret is too short.*node -p/s],
    ['no secret', { unsubscribe: { secret: null } }, {}, 3, /unsubscribe\.secret is not set/],
    ['no unsubscribe URL', { unsubscribe: { url: null } }, {}, 3, /unsubscribe\.url is not set/],
    ['an unknown mail server', { send: { transport: 'smtp' } }, {}, 3, /SMTP_URL is not set/],
  ] as const)('refuses to start with %s', async (_, config, env, code, words) => {
    const newsletter = makeNewsletter({}, { config: { ...OUTBOX, ...config } });
    const refused = await obn(newsletter.root, ['serve', '--port', '0'], { env });
    expect([refused.code, refused.stderr]).toEqual([code, expect.stringMatching(words)]);
    if (!('send' in config)) expect(existsSync(newsletter.path('.obn', 'ledger.db'))).toBe(false);
  });

  it('refuses a port in use and invalid flag values', async () => {
    const newsletter = await open(OUTBOX);
    await startServe(newsletter, newsletter.port);
    const taken = await obn(newsletter.root, ['serve', '--port', String(newsletter.port)]);
    expect([taken.code, taken.stderr]).toEqual([3, expect.stringMatching(/the port is in use/)]);
    for (const args of [
      ['--trust-proxy', 'yes'],
      ['--log', 'xml'],
      ['--port', 'x'],
    ]) {
      expect((await obn(newsletter.root, ['serve', ...args])).code).toBe(2);
    }
  });

  it('prints a form for any page, which the service takes', async () => {
    const newsletter = await open({ ...OUTBOX, serve: { topics: [{ tag: 'a"b', name: 'A & B' }] } });
    const { stdout } = await obn(newsletter.root, ['serve', '--form']);
    expect(stdout).toContain(`<form action="http://127.0.0.1:${newsletter.port}/subscribe" method="post">`);
    expect(stdout).toContain('value="a&#34;b"> A &#38; B');
    const { html } = (await obn(newsletter.root, ['serve', '--form', '--json'])).json<{ html: string }>();
    expect(`${html}\n`).toBe(stdout);
  });
});

it('mails confirmed readers with the list, and respects their topics', async () => {
  const serve = {
    topics: [
      { tag: 'aws', name: 'AWS' },
      { tag: 'beginner', name: 'First steps' },
    ],
  };
  const audience = { ledger: true, segments: { beginner: { tags: 'beginner' } } };
  const newsletter = await open({ ...OUTBOX, serve, audience });
  const { url } = await startServe(newsletter, newsletter.port);
  const eligible = async (...args: string[]) => {
    const planned = await obn(newsletter.root, ['send', '1', '--dry-run', '--json', ...args]);
    return planned.json<{ audience: { eligible: number } }>().audience.eligible;
  };
  const before = [await eligible(), await eligible('--segment', 'beginner')];
  const form = new URLSearchParams({ email: 'new@example.com', topic: 'beginner' });
  await fetch(`${url}/subscribe`, { method: 'POST', body: form });
  const file = newsletter.path('.obn/outbox/000/new@example.com.eml');
  await expect.poll(() => existsSync(file)).toBe(true);
  const { text = '' } = await simpleParser(newsletter.read('.obn/outbox/000/new@example.com.eml'));
  await fetch(/http:\S+/.exec(text)?.[0] ?? '', { method: 'POST' });
  const preferences = newsletter.link('grace@example.org').replace('/unsubscribe', '/preferences');
  await fetch(preferences, { method: 'POST', body: new URLSearchParams({ topic: 'beginner' }) });
  const after = [await eligible(), await eligible('--segment', 'beginner')];
  expect([before, after]).toEqual([
    [5, 2],
    [6, 4],
  ]);
});

describe('a reader who unsubscribes during a send', () => {
  it('gets no message that was not in flight, nor the next issue, and the status says why', async () => {
    const newsletter = await open(
      { send: { transport: 'smtp' }, smtp: { url: `\${SMTP_URL}`, connections: 1 } },
      40,
    );
    const { root, port, link } = newsletter;
    const late = 'reader33@example.com';
    let answered = 0;
    let posted: Promise<string> | undefined;
    const smtp = await startSmtpEndpoint({
      latencyMs: 20,
      onAnswered: () => {
        answered += 1;
        if (answered === 5) posted = rawRequest(port, oneClick(link(late)));
      },
    });
    await startServe(newsletter, port, { env: smtp.env });
    const send = (issue: string) =>
      obn(root, ['send', issue, '--transport', 'smtp', '--yes', '--json', '--new-ledger'], { env: smtp.env });
    const first = (await send('1')).json();
    expect(await posted).toMatch(/^HTTP\/1\.1 200 [\s\S]*You've been unsubscribed/);
    expect(first).toMatchObject({
      state: 'sent',
      audience: { listed: 40, eligible: 39, excluded: { unsubscribed: 1 } },
      deliveries: { accepted: 39, queued: 0 },
    });
    const status = await obn(root, ['status', '1'], { env: smtp.env });
    expect(status.stdout).toMatch(/1 +unsubscribed since it was frozen/);
    expect((await send('2')).json()).toMatchObject({
      audience: { listed: 40, excluded: { unsubscribed: 1 } },
      deliveries: { accepted: 39 },
    });
    expect(newsletter.read('subscribers.csv')).toContain(late);
    expect(smtp.messages.flatMap(({ to }) => to)).not.toContain(late);
    expect(smtp.messages).toHaveLength(78);
  });
});
