import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';

const rows = (count: number) =>
  `email,first_name\n${Array.from({ length: count }, (_, index) => `r${index}@example.com,R${index}`).join('\n')}\n`;
const SES = ['send', '1', '--transport', 'ses', '--yes', '--json'];
const SMTP = ['send', '1', '--transport', 'smtp', '--yes', '--json'];

/** Takes away what says that an issue has been sent, so that another ledger may send it once more. */
const forgetSent = (root: string) => rmSync(join(root, 'issues', '.sent'), { recursive: true });

describe('a live send', () => {
  it('goes through SES and SMTP with the same HTML and text', async () => {
    const ses = await startSesEndpoint();
    const smtp = await startSmtpEndpoint();
    const { root } = await makeNewsletter({ 'subscribers.csv': rows(3) });
    const env = { ...ses.env, SMTP_URL: smtp.url };
    const first = await obn(root, SES, { env });
    expect(first.json()).toMatchObject({ state: 'sent', deliveries: { accepted: 3 } });
    forgetSent(root);
    const second = await obn(root, [...SMTP, '--ledger', 'sqlite:other.db'], { env });
    expect(second.code).toBe(0);
    for (const { to, raw, tags } of ses.messages) {
      const mail = await simpleParser(raw);
      const twin = smtp.messages.find((message) => message.to[0] === to);
      const other = await simpleParser(twin?.raw ?? '');
      expect(mail.html).toBe(other.html);
      expect(mail.text).toBe(other.text);
      expect(tags).toEqual({ 'obn-issue': '1', 'obn-delivery': expect.stringMatching(/^[0-9a-f]{32}$/) });
    }
  });

  it('sends nothing again, whichever transport is asked', async () => {
    const ses = await startSesEndpoint();
    const smtp = await startSmtpEndpoint();
    const { root } = await makeNewsletter({ 'subscribers.csv': rows(4) });
    const env = { ...ses.env, SMTP_URL: smtp.url };
    expect((await obn(root, [...SMTP, '--limit', '2'], { env })).code).toBe(4);
    expect((await obn(root, SES, { env })).json()).toMatchObject({
      state: 'sent',
      deliveries: { accepted: 4 },
    });
    const again = await obn(root, SMTP, { env });
    expect(again.code).toBe(0);
    expect(again.stderr).toMatch(/Nothing is left to send/);
    const got = [...ses.messages, ...smtp.messages].flatMap(({ to }) => to).sort();
    expect(got).toEqual(['r0@example.com', 'r1@example.com', 'r2@example.com', 'r3@example.com']);
  });

  it('sends the frozen version, not later changes', async () => {
    const ses = await startSesEndpoint();
    const { root, read, write } = await makeNewsletter({ 'subscribers.csv': rows(4) });
    await obn(root, [...SES, '--limit', '1'], { env: ses.env });
    await write(
      'issues/001-first.yaml',
      read('issues/001-first.yaml').replace(/title: .*/, 'title: Changed'),
    );
    await write('subscribers.csv', rows(9));
    const second = await obn(root, SES, { env: ses.env });
    expect(second.stderr).toMatch(
      /changed since the send began; the original version is still the one being sent/,
    );
    expect(second.json()).toMatchObject({ deliveries: { accepted: 4 } });
    const html = await Promise.all(ses.messages.map(async ({ raw }) => (await simpleParser(raw)).html || ''));
    expect(html.some((text) => text.includes('Changed'))).toBe(false);
  });

  it('leaves the unknown alone until a person decides', async () => {
    const faults = [
      'error-after',
      'reset-after',
      { status: 500, type: 'InternalFailure', message: 'oops' },
    ] as const;
    const ses = await startSesEndpoint();
    ses.fault(({ index, operation }) => (operation === 'SendEmail' ? faults[index] : undefined));
    const { root } = await makeNewsletter({ 'subscribers.csv': rows(5) });
    const first = await obn(root, SES, { env: ses.env });
    expect(first.code).toBe(1);
    expect(first.json()).toMatchObject({ state: 'partial', deliveries: { accepted: 2, unknown: 3 } });
    expect((await obn(root, SES, { env: ses.env })).code).toBe(0);
    const before = ses.messages.length;
    const retried = await obn(root, [...SES, '--retry-unknown'], { env: ses.env });
    expect(retried.json()).toMatchObject({ state: 'sent', deliveries: { accepted: 5 } });
    expect(ses.messages.length).toBe(before + 3);
  });

  it('continues after a bad address, and can retry it', async () => {
    const ses = await startSesEndpoint();
    ses.fault(({ to, index }) =>
      to === 'r1@example.com' && index < 10
        ? { status: 400, type: 'BadRequestException', message: 'no' }
        : undefined,
    );
    const { root } = await makeNewsletter({ 'subscribers.csv': rows(3) });
    const first = await obn(root, SES, { env: ses.env });
    expect(first.code).toBe(1);
    expect(first.stderr).toMatch(/r1@example.com +rejected +BadRequestException: no/);
    ses.fault(() => undefined);
    expect((await obn(root, [...SES, '--retry-rejected'], { env: ses.env })).json()).toMatchObject({
      state: 'sent',
    });
    expect(ses.messages.map(({ to }) => to).sort()).toEqual([
      'r0@example.com',
      'r1@example.com',
      'r2@example.com',
    ]);
  });

  it("pauses with the provider's words, and resumes later", async () => {
    const ses = await startSesEndpoint();
    ses.fault(({ index, operation }) =>
      operation === 'SendEmail' && index >= 2
        ? { status: 400, type: 'SendingPausedException', message: 'Sending is paused for this account.' }
        : undefined,
    );
    const { root } = await makeNewsletter({ 'subscribers.csv': rows(30) });
    const first = await obn(root, SES, { env: ses.env });
    expect(first.code).toBe(4);
    expect(first.stderr).toMatch(/Paused: SendingPausedException: Sending is paused for this account/);
    expect(first.json()).toMatchObject({ state: 'paused', deliveries: { rejected: 0, unknown: 0 } });
    ses.fault(() => undefined);
    expect((await obn(root, SES, { env: ses.env })).json()).toMatchObject({
      state: 'sent',
      deliveries: { accepted: 30 },
    });
    expect(new Set(ses.messages.map(({ to }) => to)).size).toBe(ses.messages.length);
  });

  it('is refused with a secret that could be guessed, which a rehearsal may have', async () => {
    const ses = await startSesEndpoint();
    const { root } = makeNewsletter();
    const env = { ...ses.env, OBN_SECRET: 'test-secret-test-secret' };
    const refused = await obn(root, SES, { env });
    expect([refused.code, ses.messages]).toEqual([3, []]);
    expect(refused.stderr).toContain('unsubscribe.secret is too short: 32 random characters are needed');
    expect(refused.stderr).toContain(`secret: ["\${OBN_SECRET_NEW}", "\${OBN_SECRET}"]`);
    const rehearsed = await obn(root, ['send', '1', '--transport', 'outbox'], { env });
    expect(rehearsed.code).toBe(0);
  });

  it('needs a yes, a secret, and a ledger that knows the past', async () => {
    const ses = await startSesEndpoint();
    const { root } = await makeNewsletter();
    const unasked = await obn(root, ['send', '1', '--transport', 'ses'], { env: ses.env });
    expect(unasked.code).toBe(2);
    expect(unasked.stderr).toMatch(/--yes/);
    const unsigned = await obn(root, SES, { env: { ...ses.env, OBN_SECRET: undefined } });
    expect(unsigned.code).toBe(3);
    expect(unsigned.stderr).toMatch(/OBN_SECRET/);
    const second = ['send', '2', '--transport', 'ses', '--yes'];
    const fresh = await obn(root, second, { env: ses.env });
    expect(fresh.code).toBe(3);
    expect(fresh.stderr).toMatch(/no history[\s\S]*--new-ledger/);
    expect(ses.messages).toHaveLength(0);
    expect((await obn(root, [...second, '--new-ledger'], { env: ses.env })).code).toBe(0);
  });

  it.each([
    ['there is no postal address', /^ {2}address: .*\n/m, '', /newsletter.address is missing/],
    [
      'the unsubscribe url is not https',
      'https://weekly.example.com/unsubscribe',
      'http://weekly.example.com/u',
      /https/,
    ],
  ])('is refused while %s', async (_, what, by, message) => {
    const ses = await startSesEndpoint();
    const { root, read, write } = await makeNewsletter();
    await write('obn.yaml', read('obn.yaml').replace(what, by));
    const { code, stderr } = await obn(root, SES, { env: ses.env });
    expect(code).toBe(3);
    expect(stderr).toMatch(message);
    expect(ses.messages).toHaveLength(0);
  });

  it('shares the work of two processes without doubling', async () => {
    const ses = await startSesEndpoint({ latencyMs: 5 });
    const { root } = await makeNewsletter({ 'subscribers.csv': rows(300) });
    const runs = await Promise.all([obn(root, SES, { env: ses.env }), obn(root, SES, { env: ses.env })]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(ses.messages.map(({ to }) => to).sort()).toEqual(
      [...new Set(ses.messages.map(({ to }) => to))].sort(),
    );
    expect(ses.messages).toHaveLength(300);
  });

  it('drains on SIGINT and resumes later', async () => {
    const ses = await startSesEndpoint({ latencyMs: 50 });
    const { root } = await makeNewsletter({ 'subscribers.csv': rows(400) });
    const signalAfter = { signal: 'SIGINT' as const, after: /400 sent/ };
    const first = await obn(root, [...SES, '--rate', '100'], { env: ses.env, signalAfter });
    expect(first.code).toBe(4);
    const { deliveries } = first.json<{ deliveries: Record<string, number> }>();
    expect(deliveries).toMatchObject({ claimed: 0, unknown: 0, rejected: 0 });
    expect(ses.messages).toHaveLength(deliveries.accepted ?? -1);
    expect((await obn(root, SES, { env: ses.env })).json()).toMatchObject({
      state: 'sent',
      deliveries: { accepted: 400 },
    });
    expect(ses.messages).toHaveLength(400);
  });

  it('marks deliveries in flight as unknown after kill -9, and sends nothing twice', async () => {
    const ses = await startSesEndpoint({ latencyMs: 20 });
    const { root } = await makeNewsletter({ 'subscribers.csv': rows(500) });
    const signalAfter = { signal: 'SIGKILL' as const, after: 900 };
    const first = await obn(root, [...SES, '--rate', '400'], { env: ses.env, signalAfter });
    expect(first.signal).toBe('SIGKILL');
    const second = await obn(root, SES, { env: ses.env });
    const { deliveries } = second.json<{ deliveries: { accepted: number; unknown: number } }>();
    expect(deliveries.accepted + deliveries.unknown).toBe(500);
    const addresses = ses.messages.map(({ to }) => to);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.length).toBeGreaterThanOrEqual(deliveries.accepted);
    expect(addresses.length).toBeLessThanOrEqual(500);
    expect(deliveries.unknown).toBeLessThanOrEqual(64);
  });
});

describe('a test send through a live transport', () => {
  it('reaches only the given address', async () => {
    const smtp = await startSmtpEndpoint({ auth: { user: 'u', pass: 'p' } });
    const { root } = await makeNewsletter();
    const env = { SMTP_URL: smtp.url.replace('smtp://', 'smtp://u:p@') };
    const { code } = await obn(root, ['send', '1', '--transport', 'smtp', '--test', 'me@example.com'], {
      env,
    });
    expect(code).toBe(0);
    expect(smtp.messages.map(({ to }) => to)).toEqual([['me@example.com']]);
  });
});

describe('bulk', () => {
  const bulk = ({ read, write }: ReturnType<typeof makeNewsletter>) =>
    write(
      'obn.yaml',
      read('obn.yaml').replace(/^ses:.*(\n {2}.*)*/m, 'ses: { region: us-east-1, mode: bulk }'),
    );

  it('gives the same HTML and text as single, braces and all', async () => {
    const single = await startSesEndpoint();
    const many = await startSesEndpoint();
    const story =
      'number: 1\ntitle: T\ndate: 2018-09-18\nsections:\n  - { type: intro, body: "Hi {{default first_name \\"there\\"}}, `{{ x.y }}` and }}" }\n';
    const csv = `email,first_name\n${Array.from({ length: 120 }, (_, index) => `r${index}@example.com,R&<${index}`).join('\n')}\n`;
    const newsletter = makeNewsletter({ 'subscribers.csv': csv, 'issues/001-first.yaml': story });
    const { root } = newsletter;
    expect((await obn(root, [...SES, '--ledger', 'sqlite:a.db'], { env: single.env })).code).toBe(0);
    bulk(newsletter);
    forgetSent(root);
    const { code, json } = await obn(root, [...SES, '--ledger', 'sqlite:b.db'], { env: many.env });
    expect(code).toBe(0);
    expect(json()).toMatchObject({ state: 'sent', deliveries: { accepted: 120 } });
    expect(many.requests.SendBulkEmail).toBeLessThanOrEqual(6);
    expect(many.renderingFailures).toEqual([]);
    for (const { to, raw } of many.messages.slice(0, 20)) {
      const mail = await simpleParser(raw);
      const twin = await simpleParser(single.messages.find((message) => message.to === to)?.raw ?? '');
      expect(mail.html).toBe(twin.html);
      expect(mail.text?.trim()).toBe(twin.text?.trim());
      expect(mail.subject).toBe(twin.subject);
      const unsubscribe = (parsed: typeof mail) =>
        (parsed.headers.get('list') as { unsubscribe?: object }).unsubscribe;
      expect(unsubscribe(mail)).toEqual(unsubscribe(twin));
    }
  });

  it('handles the answer of each entry separately', async () => {
    const ses = await startSesEndpoint();
    const entries: Record<string, string> = {
      'r1@example.com': 'MESSAGE_REJECTED',
      'r2@example.com': 'TRANSIENT_FAILURE',
    };
    const asked = new Map<string, number>();
    ses.fault(({ to }) => {
      asked.set(to, (asked.get(to) ?? 0) + 1);
      const entry = entries[to];
      return entry && (entry !== 'TRANSIENT_FAILURE' || asked.get(to) === 1)
        ? { entry: entry as never }
        : undefined;
    });
    const newsletter = makeNewsletter({ 'subscribers.csv': rows(5) });
    const { root } = newsletter;
    bulk(newsletter);
    const { code, json } = await obn(root, SES, { env: ses.env });
    expect(code).toBe(1);
    expect(json()).toMatchObject({ state: 'partial', deliveries: { accepted: 4, rejected: 1, unknown: 0 } });
    expect(ses.messages.map(({ to }) => to).sort()).toEqual(
      ['r0', 'r2', 'r3', 'r4'].map((name) => `${name}@example.com`),
    );
  });
});

describe('the account', () => {
  it('must allow so many messages today', async () => {
    const ses = await startSesEndpoint({ account: { max24HourSend: 200, sentLast24Hours: 198 } as never });
    const { root } = makeNewsletter({ 'subscribers.csv': rows(5) });
    const { code, stderr } = await obn(root, SES, { env: ses.env });
    expect(code).toBe(3);
    expect(stderr).toMatch(/can send 2 more messages today, but 5 are needed[\s\S]*--limit 2/);
    expect(ses.messages).toHaveLength(0);
    expect((await obn(root, [...SES, '--limit', '2'], { env: ses.env })).json()).toMatchObject({
      deliveries: { accepted: 2, queued: 3 },
    });
  });

  it('must be able to send at all', async () => {
    const ses = await startSesEndpoint({ account: { sendingEnabled: false } as never });
    const { root } = makeNewsletter();
    const { code, stderr } = await obn(root, SES, { env: ses.env });
    expect(code).toBe(3);
    expect(stderr).toMatch(/sending is paused for this Amazon SES account/);
  });
});
