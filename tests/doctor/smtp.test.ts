import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { whenTestFinished } from '../support/finished.js';
import { DOMAIN, healthyWorld, namesOf, visit, type World } from './world.js';

/** A server with one valid password, and its `url`. */
async function startServer(options: SMTPServerOptions, query = '', login = 'u:right') {
  const server = new SMTPServer({
    ...options,
    authOptional: true,
    onAuth: ({ password }, _session, done) =>
      password === 'right' ? done(null, { user: 'u' }) : done(new Error('535 wrong')),
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenTestFinished(() => server.close());
  const { port } = server.server.address() as { port: number };
  const scheme = options.secure ? 'smtps' : 'smtp';
  return `${scheme}://${login === '' ? '' : `${login}@`}127.0.0.1:${port}${query}`;
}

async function world(url: string): Promise<World> {
  const healthy = await healthyWorld({ send: { transport: 'smtp' } });
  healthy.names.zone.set(DOMAIN, { TXT: ['v=spf1 ip4:192.0.2.1 -all'] });
  return { ...healthy, env: { ...healthy.env, SMTP_URL: url } };
}

const TRUSTING = '?tls.rejectUnauthorized=false';

describe('a server', () => {
  it.each([
    ['with STARTTLS and a login', {}, TRUSTING, 'u:right', []],
    ['with TLS and a login', { secure: true }, TRUSTING, 'u:right', []],
    ['on this machine without either', { hideSTARTTLS: true }, '', '', ['smtp/login']],
  ])('%s passes', async (_name, options, query, login, skipped) => {
    const results = await visit(await world(await startServer(options, query, login)), { selectors: [] });
    expect(namesOf(results, 'failed')).toEqual([]);
    expect(namesOf(results, 'skipped')).toEqual([...skipped, 'dns/dkim']);
    expect(namesOf(results, 'passed')).toEqual(
      expect.arrayContaining(['smtp/connection', 'smtp/tls', 'dns/spf', 'dns/alignment', 'unsubscribe']),
    );
  });

  it.each([
    ['that does not listen', () => 'smtp://127.0.0.1:1', { 'smtp/connection': /ECONNREFUSED/ }, 2],
    ['with a self-signed certificate', () => startServer({}), { 'smtp/tls': /certificate/ }, 1],
    [
      'without required TLS',
      () => startServer({ disabledCommands: ['STARTTLS'] }, '?requireTLS=true'),
      { 'smtp/tls': /STARTTLS/ },
      1,
    ],
    ['that refuses the password', () => startServer({}, TRUSTING, 'u:wrong'), { 'smtp/login': /535/ }, 0],
    [
      'that does not support login',
      () => startServer({ disabledCommands: ['AUTH'] }, TRUSTING),
      { 'smtp/login': /does not support authentication/ },
      0,
    ],
  ])('%s fails', async (_name, url, failed, hidden) => {
    const results = await visit(await world(await url()), { selectors: [] });
    expect(namesOf(results, 'failed')).toEqual(Object.keys(failed));
    for (const [name, words] of Object.entries(failed)) expect(results[name]?.message).toMatch(words);
    expect(namesOf(results, 'skipped').filter((name) => name.startsWith('smtp/'))).toHaveLength(hidden);
    expect(JSON.stringify(results)).not.toMatch(/right|u:wrong/);
  });
});

describe('the DNS records of the sender domain', () => {
  it.each<[string, readonly string[], Readonly<Record<string, RegExp>>]>([
    ['fail without SPF', ['google-site-verification=x'], { 'dns/spf': /has no SPF record/ }],
    ['fail with two SPF records', ['v=spf1 -all', 'v=spf1 mx ~all'], { 'dns/spf': /2 SPF records/ }],
    ['fail if SPF allows anyone', ['v=spf1 +all'], { 'dns/spf': /allows anyone to send/ }],
  ])('%s', async (_name, texts, failed) => {
    const one = await world(await startServer({}, TRUSTING));
    one.names.zone.set(DOMAIN, { TXT: texts });
    one.names.zone.set(`mail._domainkey.${DOMAIN}`, { TXT: ['v=DKIM1; p=AAAA'] });
    const results = await visit(one, { selectors: ['mail'] });
    expect(namesOf(results, 'failed')).toEqual(Object.keys(failed));
    for (const [name, words] of Object.entries(failed)) expect(results[name]?.message).toMatch(words);
    expect(results['dns/dkim']).toMatchObject({ state: 'passed' });
  });

  it('fail without SPF and without a key', async () => {
    const one = await world(await startServer({}, TRUSTING));
    one.names.zone.delete(DOMAIN);
    const results = await visit(one, { selectors: ['mail'] });
    expect(namesOf(results, 'failed')).toEqual(['dns/spf', 'dns/dkim', 'dns/alignment']);
    expect(results['dns/dkim']?.message).toBe(`mail._domainkey.${DOMAIN} has no key`);
  });
});
