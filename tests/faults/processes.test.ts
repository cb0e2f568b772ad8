import type { ChildProcess } from 'node:child_process';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { spawnObn } from '../support/cli.js';
import { makeNewsletter, type NewsletterOptions, type TestNewsletter } from '../support/newsletter.js';
import type { SesFaultHandler } from '../support/ses-endpoint.js';
import { expectFinished } from './ends.js';
import { type Frozen, freeze, TIMEOUT_MS } from './frozen.js';
import { expectNoDoubt, readRecord } from './record.js';
import { type Server, sesServer, smtpServer } from './server.js';
import { type Run, send } from './story.js';

const READERS = 200;
/** So slowly that nobody is through before the others have begun. */
const SLOW = ['--rate', '60'];
/** So long that whoever has begun has something in flight. */
const LATENCY_MS = 1_000;

interface Lane {
  readonly name: string;
  readonly config: NonNullable<NewsletterOptions['config']>;
  start(latencyMs: number): Promise<Server<unknown>>;
}

const lanes: readonly Lane[] = [
  { name: 'ses single', config: {}, start: (latencyMs) => sesServer({ latencyMs }) },
  { name: 'ses bulk', config: { ses: { mode: 'bulk' } }, start: (latencyMs) => sesServer({ latencyMs }) },
  {
    name: 'smtp',
    config: { smtp: { connections: 10 } },
    start: (delayMs) => smtpServer({ fault: ({ stage }) => (stage === 'end' ? { delayMs } : undefined) }),
  },
];

const HOLDERS = `select worker, count(*) as claims from delivery where state = 'claimed' group by worker`;

let frozen: Frozen;
beforeAll(async () => {
  frozen = await freeze(READERS);
}, TIMEOUT_MS);

/** Starts so many processes at once. */
function together(count: number, newsletter: TestNewsletter, server: Server<unknown>): Promise<Run>[] {
  return Array.from({ length: count }, () => send(newsletter, server, ...SLOW));
}

/** Who holds claims, and how many; read only, so that no process has to wait for it. */
function holders({ path }: TestNewsletter): Map<string, number> {
  const database = new Libsql(path('.obn/ledger.db'), { readonly: true });
  try {
    const rows = database.prepare(HOLDERS).all() as { worker: string; claims: number }[];
    return new Map(rows.map(({ worker, claims }) => [worker, claims]));
  } finally {
    database.close();
  }
}

/** Kills a process at a moment at which it has something in flight. @returns how many messages that were. */
async function killInFlight(child: ChildProcess, newsletter: TestNewsletter): Promise<number> {
  const worker = `${hostname()}:${child.pid}`;
  const lost = await vi.waitFor(
    () => {
      // While it stands still, what it holds does not change.
      child.kill('SIGSTOP');
      const claims = holders(newsletter).get(worker);
      if (claims === undefined) child.kill('SIGCONT');
      return claims ?? Promise.reject(new Error('nothing is in flight'));
    },
    { timeout: TIMEOUT_MS, interval: 50 },
  );
  child.kill('SIGKILL');
  return lost;
}

/** Everybody who was ever seen to hold claims until the runs ended. */
async function workersUntil(newsletter: TestNewsletter, runs: Promise<unknown>): Promise<Set<string>> {
  const seen = new Set<string>();
  let over = false;
  const end = runs.finally(() => {
    over = true;
  });
  while (!over) {
    for (const worker of holders(newsletter).keys()) seen.add(worker);
    await Promise.race([end, sleep(50)]);
  }
  return seen;
}

describe.each(lanes)('on one ledger, $name', { timeout: TIMEOUT_MS }, ({ config, start }) => {
  it.each([2, 4])('%i processes share the work', async (count) => {
    await using server = await start(100);
    const newsletter = frozen.open(config);
    const running = Promise.all(together(count, newsletter, server));
    const workers = await workersUntil(newsletter, running);
    expect(workers.size).toBeGreaterThan(1);
    for (const run of await running) expectFinished(run, 0);
    const record = await readRecord(newsletter.path('.obn/ledger.db'), frozen.readers, server.taken());
    expectNoDoubt(record);
    expect(record.counts.accepted).toBe(READERS);
  });

  it('four processes, one of which is killed: what it had in flight is unknown, and nothing else', async () => {
    await using server = await start(LATENCY_MS);
    const newsletter = frozen.open(config);
    const { child, result } = spawnObn(
      newsletter.root,
      ['send', '1', '--transport', server.transport, '--yes', ...SLOW],
      { env: server.env, timeoutMs: TIMEOUT_MS },
    );
    const others = together(3, newsletter, server);
    const lost = await killInFlight(child, newsletter);
    expect(await result).toMatchObject({ signal: 'SIGKILL' });
    for (const run of await Promise.all(others)) expectFinished(run, 1);
    const record = await readRecord(newsletter.path('.obn/ledger.db'), frozen.readers, server.taken());
    expectNoDoubt(record);
    expect(record.counts).toMatchObject({ accepted: READERS - lost, unknown: lost });
  });
});

describe('processes that begin at once', { timeout: TIMEOUT_MS }, () => {
  it('freeze one audience and send to it once', async () => {
    await using server = await sesServer({ latencyMs: 100 });
    const newsletter = makeNewsletter({}, { readers: READERS });
    for (const run of await Promise.all(together(4, newsletter, server))) expectFinished(run, 0);
    expectNoDoubt(await readRecord(newsletter.path('.obn/ledger.db'), frozen.readers, server.taken()));
  });

  it('may ask about the account faster than SES answers', async () => {
    const throttled = { status: 429, type: 'TooManyRequestsException', message: 'Rate exceeded' } as const;
    const fault: SesFaultHandler = ({ operation, index }) =>
      operation === 'GetAccount' && index < 2 ? throttled : undefined;
    await using server = await sesServer({ fault });
    const newsletter = frozen.open();
    for (const run of await Promise.all(together(2, newsletter, server))) expectFinished(run, 0);
    expectNoDoubt(await readRecord(newsletter.path('.obn/ledger.db'), frozen.readers, server.taken()));
  });
});
