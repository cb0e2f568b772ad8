import { readdirSync, renameSync, rmSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { openSqlite } from '../../src/ledger/sqlite/open.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';

const rows = (count: number) =>
  `email,first_name\n${Array.from({ length: count }, (_, index) => `r${index}@example.com,R${index}`).join('\n')}\n`;
const SES = ['send', '1', '--transport', 'ses', '--json'];
const SMTP = ['send', '1', '--transport', 'smtp', '--yes', '--json'];

describe('a retry', () => {
  it('changes nothing when it is refused', async () => {
    const ses = await startSesEndpoint();
    ses.fault(({ operation }) => (operation === 'SendEmail' ? 'error-after' : undefined));
    const { root } = makeNewsletter({ 'subscribers.csv': rows(4) });
    await obn(root, [...SES, '--yes'], { env: ses.env });
    ses.fault();
    for (const refused of [['--retry-unknown'], ['--retry-unknown', '--yes', '--expect', '3']]) {
      expect((await obn(root, [...SES, ...refused], { env: ses.env })).code).toBe(2);
      expect((await obn(root, ['status', '1', '--json'])).json()).toMatchObject({
        deliveries: { unknown: 4 },
      });
    }
    expect((await obn(root, [...SES, '--yes'], { env: ses.env })).stderr).toMatch(/Nothing is left to send/);
    expect(ses.messages).toHaveLength(4);
  });

  it('is not chosen by a clock', async () => {
    const { root } = makeNewsletter();
    expect((await obn(root, ['send', '--due', '--retry-unknown'])).code).toBe(2);
  });
});

describe('a server that misbehaves', () => {
  it('may refuse one reader and then drop the connection', async () => {
    const smtp = await startSmtpEndpoint();
    let refused = 0;
    smtp.fault(({ stage, address }) => {
      if (stage === 'rcpt' && address === 'r1@example.com') {
        refused += 1;
        return { code: 550, message: 'no such user' };
      }
      return stage === 'mail' && refused === 1 && refused++ === 1 ? 'drop' : undefined;
    });
    const { root } = makeNewsletter({ 'subscribers.csv': rows(5) });
    const { code, json } = await obn(root, SMTP, { env: { SMTP_URL: smtp.url } });
    expect(code).toBe(1);
    expect(json()).toMatchObject({ state: 'partial', deliveries: { accepted: 4, rejected: 1 } });
    expect(smtp.messages).toHaveLength(4);
  });

  it('may refuse reader after reader on one connection', async () => {
    const smtp = await startSmtpEndpoint();
    smtp.fault(({ stage, address }) =>
      stage === 'rcpt' && /[02468]@/.test(address) ? { code: 550, message: 'no such user' } : undefined,
    );
    const { root } = makeNewsletter(
      { 'subscribers.csv': rows(40) },
      { config: { smtp: { connections: 1 } } },
    );
    const { json, stderr } = await obn(root, SMTP, { env: { SMTP_URL: smtp.url } });
    expect(json()).toMatchObject({ state: 'partial', deliveries: { accepted: 20, rejected: 20 } });
    expect(stderr).not.toMatch(/Warning/);
  });

  it('that refuses the login ends the run immediately, and no reader is lost', async () => {
    const smtp = await startSmtpEndpoint({ auth: { user: 'u', pass: 'right' } });
    const { root } = makeNewsletter({ 'subscribers.csv': rows(3) });
    const wrong = { SMTP_URL: smtp.urlFor('u', 'wrong') };
    const { code, stderr, json } = await obn(root, SMTP, { env: wrong, timeoutMs: 15_000 });
    expect(code).toBe(4);
    expect(stderr).toMatch(/Paused: 535/);
    expect(json()).toMatchObject({ deliveries: { queued: 3 } });
    expect((await obn(root, SMTP, { env: { SMTP_URL: smtp.urlFor('u', 'right') } })).code).toBe(0);
  });

  it('that is not reachable rejects no delivery', async () => {
    const smtp = await startSmtpEndpoint();
    const { url } = smtp;
    await smtp.close();
    const { root } = makeNewsletter({ 'subscribers.csv': rows(2) });
    for (let run = 0; run < 2; run++) {
      const { code, json } = await obn(root, SMTP, { env: { SMTP_URL: url } });
      expect(code).toBe(4);
      expect(json()).toMatchObject({ state: 'paused', deliveries: { queued: 2, rejected: 0 } });
    }
  });

  it('in the sandbox rejects only unverified readers', async () => {
    const ses = await startSesEndpoint();
    const message =
      'Email address is not verified. The following identities failed the check: r1@example.com';
    ses.fault(({ to }) =>
      to === 'r1@example.com' ? { status: 400, type: 'MessageRejected', message } : undefined,
    );
    const { root } = makeNewsletter({ 'subscribers.csv': rows(3) });
    const { code, json } = await obn(root, [...SES, '--yes'], { env: ses.env });
    expect(code).toBe(1);
    expect(json()).toMatchObject({ deliveries: { accepted: 2, rejected: 1 } });
  });
});

describe('a reader who unsubscribes after the audience was frozen', () => {
  it('is not mailed, and counts as excluded', async () => {
    const ses = await startSesEndpoint();
    const { root, path } = makeNewsletter({ 'subscribers.csv': rows(5) });
    await obn(root, [...SES, '--yes', '--limit', '2'], { env: ses.env });
    const ledger = await openSqlite(path('.obn/ledger.db'));
    await ledger.readers.suppress('r3@example.com', 'unsubscribed', 'test', 1);
    await ledger.close();
    const { code, json } = await obn(root, [...SES, '--yes'], { env: ses.env });
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      state: 'sent',
      audience: { listed: 5, eligible: 4, excluded: { unsubscribed: 1 } },
      deliveries: { accepted: 4 },
    });
    expect(ses.messages.map(({ to }) => to)).not.toContain('r3@example.com');
  });
});

describe('a send that should not be', () => {
  it('has no recipients: the issue does not count as sent', async () => {
    const ses = await startSesEndpoint();
    const { root, write } = makeNewsletter({ 'subscribers.csv': 'email\n' });
    expect((await obn(root, [...SES, '--yes'], { env: ses.env })).code).toBe(3);
    write('subscribers.csv', rows(2));
    expect((await obn(root, [...SES, '--yes'], { env: ses.env })).json()).toMatchObject({ state: 'sent' });
  });

  it('leaves no ledger behind when it is refused', async () => {
    const ses = await startSesEndpoint();
    const { root } = makeNewsletter();
    expect((await obn(root, SES, { env: ses.env })).code).toBe(2);
    expect(readdirSync(root)).not.toContain('.obn');
  });

  it('is unattended, from a ledger without history', async () => {
    const ses = await startSesEndpoint();
    const sendAt = new Date(Date.now() - 60_000).toISOString();
    const { root, path, read, write } = makeNewsletter();
    write('issues/001-first.yaml', `${read('issues/001-first.yaml')}\nsend_at: ${sendAt}\n`);
    const due = ['send', '--due', '--yes', '--transport', 'ses', '--json'];
    const fresh = await obn(root, due, { env: ses.env });
    expect(fresh.code).toBe(3);
    expect(fresh.stderr).toMatch(/no history[\s\S]*--new-ledger/);
    expect((await obn(root, [...due, '--new-ledger'], { env: ses.env })).code).toBe(0);
    rmSync(path('.obn'), { recursive: true });
    expect((await obn(root, due, { env: ses.env })).code).toBe(3);
    expect((await obn(root, due, { env: { ...ses.env, OBN_LEDGER: '' } })).code).toBe(3);
  });

  it('goes back to an issue before the last one that was sent', async () => {
    const ses = await startSesEndpoint();
    const { root } = makeNewsletter();
    const args = ['send', '--transport', 'ses', '--yes', '--new-ledger'];
    expect((await obn(root, args, { env: ses.env })).stderr).toMatch(/Issue #2/);
    const again = await obn(root, args, { env: ses.env });
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/every issue has been sent/);
  });
});

describe('going on', () => {
  it('needs neither the list nor the issue', async () => {
    const ses = await startSesEndpoint();
    const { root, path } = makeNewsletter({ 'subscribers.csv': rows(4) });
    await obn(root, [...SES, '--yes', '--limit', '1'], { env: ses.env });
    renameSync(path('issues/001-first.yaml'), path('away.yaml'));
    renameSync(path('subscribers.csv'), path('away.csv'));
    const { code, json } = await obn(root, [...SES, '--yes', '--expect', '3'], { env: ses.env });
    expect(code).toBe(0);
    expect(json()).toMatchObject({ state: 'sent', deliveries: { accepted: 4 } });
  });

  it('skips readers who have unsubscribed on the list since', async () => {
    const ses = await startSesEndpoint();
    const { root, write } = makeNewsletter({ 'subscribers.csv': rows(4) });
    await obn(root, [...SES, '--yes', '--limit', '1'], { env: ses.env });
    const left = 'r2@example.com';
    write(
      'subscribers.csv',
      `email,first_name,status\n${left},R2,unsubscribed\nnew@example.com,N,subscribed\n`,
    );
    const { code, json, stderr } = await obn(root, [...SES, '--yes'], { env: ses.env });
    expect(code).toBe(0);
    expect(json()).toMatchObject({ deliveries: { accepted: 3, queued: 0 } });
    expect(stderr).toContain(
      'Removed from the queue: 1 reader who opted out on the list since the send began',
    );
    expect(ses.messages.map(({ to }) => to)).toEqual(['r0@example.com', 'r1@example.com', 'r3@example.com']);
  });

  it('skips readers on a row that can no longer be read', async () => {
    const ses = await startSesEndpoint();
    const { root, write } = makeNewsletter({ 'subscribers.csv': rows(4) });
    await obn(root, [...SES, '--yes', '--limit', '1'], { env: ses.env });
    write('subscribers.csv', 'email,status\nr2@example.com,"un"subscribed\n');
    const { json } = await obn(root, [...SES, '--yes'], { env: ses.env });
    expect(json()).toMatchObject({ audience: { excluded: { unclear: 1 } }, deliveries: { accepted: 3 } });
    expect(ses.messages.map(({ to }) => to)).not.toContain('r2@example.com');
  });

  it('is seen by others while it is slow', async () => {
    const ses = await startSesEndpoint();
    const { root } = makeNewsletter({ 'subscribers.csv': rows(5) });
    const running = obn(root, [...SES, '--yes', '--rate', '1'], { env: ses.env });
    await vi.waitFor(() => expect(ses.messages.length).toBeGreaterThan(0), { timeout: 20_000 });
    expect((await obn(root, ['status', '1', '--json'])).json()).toMatchObject({ state: 'sending' });
    expect((await running).code).toBe(0);
  });

  it('of a rehearsal that three begin at once loses no file, and no file of others is touched', async () => {
    const { root, path, write } = makeNewsletter({ 'subscribers.csv': rows(200) });
    write('.obn/outbox/001/keep.eml', 'mine');
    const three = await Promise.all([1, 2, 3].map(() => obn(root, ['send', '1'])));
    expect(three.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(readdirSync(path('.obn/outbox/001'))).toHaveLength(201);
  });
});

describe('a list that wants to be more', () => {
  it('writes no escape sequence and no line of its own', async () => {
    const csv = 'email,first_name\n"\u001b]0;pwned\u0007x\n::error file=a::forged",A\nb@example.com,B\n';
    const { root } = makeNewsletter({ 'subscribers.csv': csv });
    for (const args of [['check'], ['send', '1', '--dry-run']]) {
      const { stdout, stderr } = await obn(root, args);
      expect(stdout + stderr).not.toMatch(/[\u001b\u0007]/);
      expect(stdout + stderr).not.toMatch(/^::error/m);
    }
  });
});
