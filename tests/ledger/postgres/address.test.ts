import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../src/ledger/postgres/address.js';

const FOLDER = join(import.meta.dirname, '../../support/postgres');
const read = (text: string) => readAddress(text, FOLDER);
const tlsOf = async (text: string) => (await read(text)).config.ssl;
const CA = expect.stringMatching(/^-----BEGIN CERTIFICATE/);

describe('the address of a ledger on a server', () => {
  it('is a URL with escaped special characters', async () => {
    const { config, label } = await read('postgresql://j%40ne:p%25ss@db.example.com:6432/news%20letter');
    expect(config).toMatchObject({
      ...{ host: 'db.example.com', port: 6432, database: 'news letter', user: 'j@ne', password: 'p%ss' },
      application_name: 'obn',
      connectionTimeoutMillis: 10_000,
    });
    expect(label).toBe('db.example.com:6432/news letter');
  });

  it('has defaults, and may name the folder of a socket', async () => {
    expect((await read('postgres:///n')).config).toMatchObject({
      host: 'localhost',
      port: 5432,
      database: 'n',
    });
    const { config } = await read('postgres:///n?host=/run/postgresql&connect_timeout=3&application_name=me');
    expect(config).toMatchObject({ host: '/run/postgresql', ssl: false, connectionTimeoutMillis: 3_000 });
    expect((await read('postgres://[::1]:1/n')).config).toMatchObject({ host: '::1', port: 1, ssl: false });
  });

  it.each([
    ['postgres://127.0.0.1/n', false],
    ['postgres://db.example.com/n', {}],
    ['postgres://127.0.0.1/n?sslmode=verify-full', {}],
    ['postgres://db.example.com/n?sslmode=disable', false],
    ['postgres://db.example.com/n?sslmode=require', { rejectUnauthorized: false }],
    ['postgres://db.example.com/n?sslrootcert=localhost.pem', { ca: CA }],
    ['postgres://db.example.com/n?sslmode=verify-full&sslrootcert=system', {}],
  ])('selects the TLS mode: %s', async (text, tls) => {
    expect(await tlsOf(text)).toEqual(tls);
  });

  it.each(['verify-ca', 'require'])('looks at the certificate and not at the name with %s', async (mode) => {
    const tls = await tlsOf(`postgres://db.example.com/n?sslmode=${mode}&sslrootcert=localhost.pem`);
    expect(tls).toEqual({ ca: CA, checkServerIdentity: expect.any(Function) });
  });

  it.each([
    ['postgres://db/', /has no database/],
    ['postgres://a:secret@db:port/n', /is not a URL/],
    ['postgres://a:sec%ret@db/n', /a stray %/],
    ['postgres://a:secret@db/n?sslmode=prefer', /the sslmode "prefer"/],
    ['postgres://a:secret@db/n?sslmode=verify-ca', /verify-ca needs sslrootcert/],
    ['postgres://a:secret@db/n?ssl_mode=require', /an unknown parameter "ssl_mode"/],
    ['postgres://a:secret@db/n?connect_timeout=soon', /a number of seconds/],
    ['postgres://a:secret@db/n?sslrootcert=missing.pem', /cannot read .*missing\.pem/],
  ])('is refused if invalid, without showing the password: %s', async (text, message) => {
    const error = await read(text).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'ObnError', message: expect.stringMatching(message) });
    const { message: said, hint } = error as { message: string; hint?: string };
    expect(`${said} ${hint}`).not.toMatch(/secret|sec%ret/);
  });
});
