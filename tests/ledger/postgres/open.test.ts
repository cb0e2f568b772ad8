import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Ledger } from '../../../src/ledger/ledger.js';
import { migrations } from '../../../src/ledger/postgres/migrations.js';
import { openPostgres } from '../../../src/ledger/postgres/open.js';
import { openLedger } from '../../../src/ledger/table.js';
import { type Clock, systemClock } from '../../../src/platform/clock.js';
import { HEADER, recipients, result } from '../../contracts/ledgers.js';
import { obn } from '../../support/cli.js';
import { clockAt } from '../../support/moved-clock.js';
import { makeNewsletter } from '../../support/newsletter.js';
import { PostgresServer } from '../../support/postgres/server.js';

const SUPPORT = join(import.meta.dirname, '../../support/postgres');
const TABLES = `select table_schema || '.' || table_name as name from information_schema.tables
  where table_schema not in ('pg_catalog', 'information_schema') order by 1`;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

async function open(url: string, create = true, migrate = create): Promise<Ledger> {
  const ledger = await openLedger(url, SUPPORT, { create, migrate });
  onTestFinished(() => ledger.close());
  return ledger;
}

const tablesOf = async (url: string) =>
  (await server.ask<{ name: string }>(url, TABLES)).map(({ name }) => name);

describe('the tables of a ledger on a server', () => {
  it('are created once by parallel processes, in their own schema', async () => {
    const url = await server.createDatabase();
    const ledgers = await Promise.all(Array.from({ length: 8 }, () => open(url)));
    expect(await Promise.all(ledgers.map((one) => one.deliveries.hasHistory()))).toEqual(
      Array(8).fill(false),
    );
    const tables = await tablesOf(url);
    expect(tables).toContain('obn.delivery');
    expect(tables.filter((name) => !name.startsWith('obn.'))).toEqual([]);
    const rows = await server.ask<{ number: number }>(
      url,
      'select number from obn.migration order by number',
    );
    expect(rows.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
  });

  it('are not created for reading: an empty ledger is used instead', async () => {
    const url = await server.createDatabase();
    const ledger = await open(url, false);
    expect([await ledger.deliveries.lastIssue(), await ledger.deliveries.find(3, 'live')]).toEqual([
      0,
      undefined,
    ]);
    expect(await tablesOf(url)).toEqual([]);
  });

  it('are migrated once by a send, and not for reading', async () => {
    const url = await server.createDatabase();
    await open(url);
    const newer = [...migrations, 'create table obn.later (number integer)'];
    const openNewer = (mayMigrate: boolean) =>
      openPostgres(url, '/', { create: false, migrate: mayMigrate }, systemClock, newer);
    await expect(openNewer(false)).rejects.toMatchObject({
      message: expect.stringMatching(/was made by an older version of obn/),
      hint: expect.stringMatching(/run `obn send` to update it/),
    });
    for (const ledger of await Promise.all([openNewer(true), openNewer(true)])) await ledger?.close();
    expect(await tablesOf(url)).toContain('obn.later');
    await expect(open(url)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/was made by a newer version of obn/),
      hint: 'update obn',
    });
  });

  it('stay unchanged if a migration fails', async () => {
    const url = await server.createDatabase();
    await open(url);
    const broken = [...migrations, 'create table obn.half (number integer); select 1 / 0'];
    await expect(openPostgres(url, '/', { create: true }, systemClock, broken)).rejects.toThrow(/division/);
    expect(await tablesOf(url)).not.toContain('obn.half');
    await open(url);
  });

  it('need only an existing schema and the documented rights', async () => {
    const url = await server.createDatabase();
    const grants = `create role maker login password 'm'; create role sender login password 's';
      create schema obn authorization maker;
      grant usage on schema obn to sender;`;
    await server.ask(url, grants);
    const name = new URL(url).pathname.slice(1);
    await open(server.url(name, 'maker:m'));
    await server.ask(url, 'grant select, insert, update, delete on all tables in schema obn to sender');
    const ledger = await open(server.url(name, 'sender:s'));
    const { send, created } = await ledger.deliveries.freeze(HEADER, recipients(3), result(3));
    expect(created).toBe(true);
    expect(
      await ledger.deliveries.exchange(send.id, 1, [], { worker: 'a:1', limit: 9, leaseUntil: 9 }),
    ).toHaveLength(3);
  });
});

describe('a server that cannot be used', () => {
  it('gives the reason and a remedy, without the password', async () => {
    const url = await server.createDatabase();
    await server.ask(url, `create role reader login password 'rrr'`);
    const { port, pathname } = new URL(url);
    const cases: readonly (readonly [url: string, message: RegExp, hint: RegExp])[] = [
      [url.replace(/:[^:@]+@/, ':wrong-secret@'), /wrong user or password/, /check user and password/],
      [url.replace(/:[^:@]+@/, '@'), /requires a password/, /postgres:\/\/user:password@/],
      [url.replace(pathname, '/nowhere'), /database not found/, /createdb/],
      [url.replace(`:${port}/`, ':1/'), /connection refused/, /check that the server is running/],
      [`${url.replace('127.0.0.1', 'nowhere.invalid')}?sslmode=disable`, /host not found/, /check the host/],
      [`${url}?sslmode=require`, /does not support TLS/, /sslmode=disable/],
      [url.replace(/\/\/.*@/, '//reader:rrr@'), /permission denied/, /docs\/ledger\.md/],
    ];
    for (const [address, message, hint] of cases) {
      const error = await openLedger(address, '/', { create: true }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        ...{ exitCode: 3, message: expect.stringMatching(message), hint: expect.stringMatching(hint) },
      });
      expect(JSON.stringify(error) + String(error)).not.toMatch(/wrong-secret|the%20password|rrr/);
    }
  });

  it('or whose text is not UTF-8 is refused', async () => {
    const url = await server.createDatabase(`encoding 'LATIN1' template template0`);
    await expect(open(url)).rejects.toMatchObject({
      message: expect.stringMatching(/has the encoding LATIN1/),
      hint: expect.stringMatching(/encoding 'UTF8'/),
    });
  });

  it('with a different clock is refused for sending', async () => {
    const url = await server.createDatabase();
    const at = (ms: number): Clock => ({ ...systemClock, now: () => Date.now() + ms });
    for (const [ms, side] of [
      [60_000, 'ahead of'],
      [-60_000, 'behind'],
    ] as const) {
      await expect(openPostgres(url, '/', { create: true }, at(ms))).rejects.toMatchObject({
        message: expect.stringMatching(`clock of this machine is 60 s ${side}`),
        hint: expect.stringMatching(/NTP/),
      });
    }
    await (await openPostgres(url, '/', { create: true }, at(1_000)))?.close();
    await (await openPostgres(url, '/', { create: false }, at(60_000)))?.close();
  });

  it('or whose clock is another is shown by the doctor, and nothing is taken from others by that clock', async () => {
    const url = await server.createDatabase();
    const ledger = await open(url);
    const { send } = await ledger.deliveries.freeze({ ...HEADER, issue: 1 }, recipients(3), result(3));
    await ledger.deliveries.exchange(send.id, 1, [], {
      worker: 'far:1',
      limit: 2,
      leaseUntil: Date.now() + 180_000,
    });
    const { root } = makeNewsletter();
    const env = { OBN_LEDGER: url, SMTP_URL: 'smtp://127.0.0.1:1' };
    const ahead = { ...env, ...clockAt(new Date(Date.now() + 600_000).toISOString()) };
    const sending = await obn(root, ['send', '1', '--transport', 'smtp', '--yes'], { env: ahead });
    expect([sending.code, sending.stderr]).toEqual([3, expect.stringMatching(/is \d+ s ahead of/)]);
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ claimed: 2, unknown: 0 });
    const { stdout } = await obn(root, ['doctor', '--dns', '127.0.0.1:1'], { env: ahead });
    expect(stdout).toMatch(/✗ {2}ledger .* is \d+ s ahead of/);
  });
});

it('a connection over TLS is as safe as the address asks for', async () => {
  const certificate = readFileSync(join(SUPPORT, 'localhost.pem'), 'utf8');
  const key = readFileSync(join(SUPPORT, 'localhost-key.pem'), 'utf8');
  await using safe = await PostgresServer.start(
    ['ssl=on', 'ssl_cert_file=../cert.pem', 'ssl_key_file=../key.pem'],
    { 'cert.pem': certificate, 'key.pem': key },
  );
  const url = (await safe.createDatabase()).replace('127.0.0.1', 'localhost');
  const ROOT = 'sslrootcert=localhost.pem';
  const ip = url.replace('localhost', '127.0.0.1');
  for (const good of [
    `${url}?sslmode=verify-full&${ROOT}`,
    `${ip}?sslmode=verify-ca&${ROOT}`,
    `${ip}?sslmode=require`,
  ]) {
    await open(good);
    const rows = await safe.ask<{ ssl: boolean }>(
      ip,
      `select ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'obn'`,
    );
    expect(rows.map(({ ssl }) => ssl)).not.toContain(false);
    expect(rows.length).toBeGreaterThan(0);
  }
  for (const bad of [`${url}?sslmode=verify-full`, `${ip}?sslmode=verify-full&${ROOT}`]) {
    await expect(open(bad)).rejects.toMatchObject({
      exitCode: 3,
      hint: expect.stringMatching(/sslrootcert/),
    });
  }
});
