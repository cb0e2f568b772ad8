import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/table.js';
import { UnsubscribeTokens } from '../../src/message/token.js';
import { systemClock } from '../../src/platform/clock.js';
import { Health } from '../../src/serve/health.js';
import { whenTestFinished } from '../support/finished.js';
import { makeNewsletter } from '../support/newsletter.js';
import { PostgresServer } from '../support/postgres/server.js';
import { freePort, startServe } from '../support/serve.js';
import { holdWriteLock } from '../support/write-lock.js';
import { headingOf, ONE_CLICK, openApp, SECRET } from './app.js';

const ADA = 'ada@example.com';
const TOKENS = new UnsubscribeTokens(SECRET, 'test-weekly.weekly.example.com');

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await PostgresServer.start();
});
afterAll(() => postgres.remove());

function serviceAt(url: string) {
  const link = (key: string) => `${url}/unsubscribe?token=${TOKENS.issue(key)}`;
  return {
    page: () => fetch(link(ADA)),
    health: () => fetch(`${url}/health`),
    leave: (key = ADA) => fetch(link(key), { method: 'POST', body: new URLSearchParams(ONE_CLICK) }),
  };
}

async function suppressedIn(root: string, keys: readonly string[]) {
  const ledger = await openLedger('sqlite:.obn/ledger.db', root, { create: true });
  return ledger.readers.suppressed(keys).finally(() => ledger.close());
}

it('responds with 503 and Retry-After while another process holds the write lock', async () => {
  const newsletter = makeNewsletter();
  const { url } = await startServe(newsletter, await freePort());
  const { page, health, leave } = serviceAt(url);
  expect((await health()).status).toBe(200);
  const release = await holdWriteLock(newsletter.path('.obn/ledger.db'));
  const order: string[] = [];
  const keys = Array.from({ length: 30 }, (_, index) => `r${index}@example.com`);
  const leaving = keys.map(async (key) => {
    const answer = await leave(key);
    order.push('unsubscribe');
    return [answer.status, answer.headers.get('retry-after')];
  });
  await page().then(({ status }) => order.push(`page ${status}`));
  expect(await Promise.all(leaving)).toEqual(keys.map(() => [503, '30']));
  expect(order[0]).toBe('page 200');
  expect((await health()).status).toBe(503);
  await release();
  expect(await Promise.all(keys.map(async (key) => (await leave(key)).status))).toEqual(keys.map(() => 200));
  expect((await suppressedIn(newsletter.root, keys)).size).toBe(keys.length);
});

it('records requests that waited a few seconds', async () => {
  const newsletter = makeNewsletter();
  const { url } = await startServe(newsletter, await freePort());
  const release = await holdWriteLock(newsletter.path('.obn/ledger.db'));
  const leaving = serviceAt(url).leave();
  await serviceAt(url).page();
  await release();
  expect((await leaving).status).toBe(200);
});

it('reports a full disk at /health and responds to other requests with 503', async () => {
  const { root, path } = makeNewsletter();
  const full = await openLedger('sqlite:.obn/ledger.db', root, { create: true });
  await full.close();
  // A limit on the size of files is a full disk that any user can make, in blocks of 512 or 1024 bytes.
  const blocks = Math.ceil(statSync(path('.obn/ledger.db')).size / 1024);
  const child = spawn(
    '/bin/bash',
    ['-c', `ulimit -f ${blocks}; exec "$@"`, '', process.execPath, ...PROGRAM],
    {
      cwd: root,
      env: { PATH: process.env.PATH, OBN_SECRET: SECRET },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  whenTestFinished(() => child.kill('SIGKILL'));
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  const { page, health, leave } = serviceAt(text.toString().trim());
  const statuses: number[] = [];
  for (let reader = 0; reader < 100; reader++) statuses.push((await leave(`r${reader}@example.com`)).status);
  expect(statuses.at(-1)).toBe(503);
  expect(new Set(statuses)).not.toContain(500);
  const answer = await health();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  expect((await page()).status).toBe(200);
});

const PROGRAM = [
  new URL('../../bin/obn.js', import.meta.url).pathname,
  'serve',
  '--port',
  '0',
  '--log',
  'off',
];

it('reports a full PostgreSQL at /health and responds to other requests with 503', async () => {
  const url = await postgres.createDatabase();
  const store = await openLedger(url, '/', { create: true });
  whenTestFinished(() => store.close());
  const { get, post, bugs } = await openApp({ store });
  expect((await get('/health')).status).toBe(200);
  await postgres.askInTurn(url, [
    `create function obn.full() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
    create trigger full_lock before insert on obn.lock execute function obn.full();
    create trigger full_suppression before insert on obn.suppression execute function obn.full()`,
  ]);
  const restarted = await openApp({ store });
  expect((await restarted.get('/health')).status).toBe(503);
  const answer = await post(`/unsubscribe?token=${TOKENS.issue(ADA)}`, ONE_CLICK);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  expect(headingOf(await answer.text())).toBe('Something went wrong');
  expect(String(bugs[0])).toContain('disk is full');
});

it('does not grow the ledger with health checks', async () => {
  const { root, path } = makeNewsletter();
  const ledger = await openLedger('sqlite:.obn/ledger.db', root, { create: true });
  whenTestFinished(() => ledger.close());
  let now = 0;
  const health = new Health(ledger.locks, { now: systemClock.now, steady: () => now });
  const check = async (times: number) => {
    for (let time = 0; time < times; time++) {
      now += 10_000;
      await health.check();
    }
    return statSync(path('.obn/ledger.db')).size;
  };
  expect(await check(700)).toBe(await check(10));
  expect(statSync(path('.obn/ledger.db-wal')).size).toBeLessThan(10_000_000);
});

it('writes once for concurrent health checks', async () => {
  let writes = 0;
  const acquire = async (_: string, holder: string, __: number, leaseUntil: number) => {
    writes += 1;
    return { holder, leaseUntil };
  };
  const health = new Health({ acquire, release: async () => undefined }, { now: () => 0, steady: () => 0 });
  await Promise.all(Array.from({ length: 50 }, () => health.check()));
  expect(writes).toBe(1);
});
