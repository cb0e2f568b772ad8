import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { readSmtpUrl } from '../../src/transport/smtp/url.js';
import { cert, key } from '../support/certificate.js';
import { obn } from '../support/cli.js';
import { whenTestFinished } from '../support/finished.js';
import { makeNewsletter } from '../support/newsletter.js';

const SEND = ['send', '1', '--transport', 'smtp', '--yes', '--json'];

/** A server that accepts everything and records which logins used TLS. */
async function startServer(options: SMTPServerOptions) {
  const logins: boolean[] = [];
  const server = new SMTPServer({
    ...options,
    authOptional: true,
    onAuth: (_login, session, done) => {
      logins.push(session.secure);
      done(null, { user: 'u' });
    },
    onData: (stream, _session, done) => {
      stream.resume().on('end', () => done());
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenTestFinished(() => server.close());
  const { port } = server.server.address() as { port: number };
  return { logins, at: (scheme: string, query: string) => `${scheme}://u:p@127.0.0.1:${port}${query}` };
}

describe('a password', () => {
  it.each([
    ['STARTTLS', {}, 'smtp', '?tls.rejectUnauthorized=false'],
    ['TLS from the start', { secure: true }, 'smtps', '?tls.rejectUnauthorized=false'],
  ])('is sent over %s', async (_name, options, scheme, query) => {
    const { logins, at } = await startServer(options);
    const { root } = makeNewsletter({}, { readers: 3 });
    const { json, code } = await obn(root, SEND, { env: { SMTP_URL: at(scheme, query) } });
    expect(json()).toMatchObject({ state: 'sent', deliveries: { accepted: 3 } });
    expect(code).toBe(0);
    expect(logins.length).toBeGreaterThan(0);
    expect(logins.every((secure) => secure)).toBe(true);
  });

  it('is not sent if TLS is required but not offered, with an error', async () => {
    const { logins, at } = await startServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    const { root } = makeNewsletter({}, { readers: 3 });
    const { json, code, stderr } = await obn(root, SEND, {
      env: { SMTP_URL: at('smtp', '?requireTLS=true') },
    });
    expect(json()).toMatchObject({ state: 'paused', deliveries: { queued: 3 } });
    expect(code).toBe(4);
    expect(stderr).toMatch(/Paused: .*STARTTLS/);
    expect(logins).toEqual([]);
  });
});

describe('an untrusted certificate', () => {
  /** With the certificate as an authority of this machine, only its name is wrong. */
  const trusted = (path: string) => ({ NODE_EXTRA_CA_CERTS: path });
  const own = { cert, key };
  it.each([
    ['has expired', {}, false, /CERT_HAS_EXPIRED: the server certificate has expired .*renew/],
    ['is self-signed', own, false, /DEPTH_ZERO_SELF_SIGNED_CERT: .* is self-signed .*NODE_EXTRA_CA_CERTS/],
    [
      'is for another name',
      own,
      true,
      /ERR_TLS_CERT_ALTNAME_INVALID: .* is for a different host name .*use the host name/,
    ],
  ])('that %s stops the run immediately, over STARTTLS and TLS', async (_name, files, isTrusted, says) => {
    for (const [scheme, secure] of [
      ['smtp', false],
      ['smtps', true],
    ] as const) {
      const { logins, at } = await startServer({ ...files, secure });
      const { root, path, write } = makeNewsletter({}, { readers: 3 });
      write('certificate.pem', cert);
      const env = { SMTP_URL: at(scheme, ''), ...(isTrusted ? trusted(path('certificate.pem')) : {}) };
      const { json, code, stderr } = await obn(root, SEND, { env });
      expect(stderr).toMatch(new RegExp(`^Paused: ${says.source}.*rejectUnauthorized=false`, 'm'));
      expect(json()).toMatchObject({ state: 'paused', deliveries: { queued: 3 } });
      expect(code).toBe(4);
      expect(logins).toEqual([]);
    }
  });
});

describe('the URL of a server', () => {
  it.each([
    ['smtp://u:p@mail.example.com:587', true],
    ['smtp://u:p@192.0.2.1', true],
    ['smtp://mail.example.com', false],
    ['smtp://u:p@127.0.0.1:2525', false],
    ['smtp://u:p@localhost', false],
    ['smtp://u:p@[::1]:25', false],
    ['smtp://u:p@mail.example.com?requireTLS=false', false],
  ])('%s requires TLS: %s', (url, requireTLS) => {
    expect(readSmtpUrl(url)).toMatchObject({ requireTLS });
  });

  it('can shorten timeouts', () => {
    expect(readSmtpUrl('smtp://h?socketTimeout=1500')).toMatchObject({ socketTimeout: 1500 });
  });

  it.each(['', 'mail.example.com', 'http://u:secret@h', 'smtp//u:secret@h'])('%j is rejected', (url) => {
    expect(() => readSmtpUrl(url)).toThrow(/smtp.url is not of the form/);
    expect(() => readSmtpUrl(url)).not.toThrow(/secret/);
  });
});
