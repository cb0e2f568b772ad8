import type { ChildProcess } from 'node:child_process';
import { hostname } from 'node:os';
import Libsql from 'libsql';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { obn, spawnObn } from '../support/cli.js';
import { makeNewsletter, type TestNewsletter } from '../support/newsletter.js';
import type { SesFaultHandler } from '../support/ses-endpoint.js';
import type { SmtpFaultHandler } from '../support/smtp-endpoint.js';
import { expectFinished } from './ends.js';
import { type Frozen, freeze, TIMEOUT_MS } from './frozen.js';
import { expectNoDoubt, readRecord } from './record.js';
import { type Server, sesServer, smtpServer } from './server.js';
import { type Run, send } from './story.js';

const READERS = 200;
/** So slowly that there is something left when the last one comes. */
const SLOW = ['--rate', '60'];

/** The other side takes nothing until the gate is opened. */
interface Gate {
  open(): void;
  readonly opened: Promise<void>;
}

function makeGate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

const holdSes =
  ({ opened }: Gate): SesFaultHandler =>
  async ({ operation }) => {
    if (operation !== 'GetAccount') await opened;
    return undefined;
  };

const holdSmtp =
  ({ opened }: Gate): SmtpFaultHandler =>
  async ({ stage }) => {
    if (stage === 'end') await opened;
    return undefined;
  };

const lanes = [
  { name: 'ses single', config: {}, start: (gate: Gate) => sesServer({ fault: holdSes(gate) }) },
  {
    name: 'ses bulk',
    config: { ses: { mode: 'bulk' } },
    start: (gate: Gate) => sesServer({ fault: holdSes(gate) }),
  },
  {
    name: 'smtp',
    config: { smtp: { connections: 10 } },
    start: (gate: Gate) => smtpServer({ fault: holdSmtp(gate) }),
  },
];

let frozen: Frozen;
beforeAll(async () => {
  frozen = await freeze(READERS);
}, TIMEOUT_MS);

type AnyServer = Pick<Server, 'transport' | 'env'>;

/** Starts so many processes at once. */
function together(count: number, newsletter: TestNewsletter, server: AnyServer): Promise<Run>[] {
  return Array.from({ length: count }, () => send(newsletter, { ...server, run: obn }, ...SLOW));
}

/** What a ledger says at this moment; read only, so that no process has to wait for it. */
function ask<Row>({ path }: TestNewsletter, sql: string): Row[] {
  const database = new Libsql(path('.obn/ledger.db'), { readonly: true });
  try {
    database.exec('pragma busy_timeout = 60000');
    return database.prepare(sql).all() as Row[];
  } finally {
    database.close();
  }
}

const PRESENT = 'select name from worker';
const HOLDERS = `select worker, count(*) as claims from delivery where state = 'claimed' group by worker`;

function claimsOf(newsletter: TestNewsletter, { pid }: ChildProcess): number {
  const found = ask<{ worker: string; claims: number }>(newsletter, HOLDERS);
  return found.find(({ worker }) => worker.startsWith(`${hostname()}:${pid}:`))?.claims ?? 0;
}

const until = (test: () => boolean) => vi.waitUntil(test, { timeout: TIMEOUT_MS, interval: 50 });

/** Waits until so many processes are at it. */
function allHaveCome(count: number, newsletter: TestNewsletter): Promise<unknown> {
  return until(() => ask(newsletter, PRESENT).length === count);
}

/** Kills a process. @returns how many messages it had in flight. */
function kill(child: ChildProcess, newsletter: TestNewsletter): number {
  // While it stands still, what it holds does not change.
  child.kill('SIGSTOP');
  const lost = claimsOf(newsletter, child);
  child.kill('SIGKILL');
  return lost;
}

describe.each(lanes)('on one ledger, $name', { timeout: TIMEOUT_MS }, ({ config, start }) => {
  it('four processes share the work', async () => {
    const count = 4;
    const gate = makeGate();
    await using server = await start(gate);
    const newsletter = frozen.open(config);
    const running = Promise.all(together(count, newsletter, server));
    await allHaveCome(count, newsletter);
    gate.open();
    for (const run of await running) {
      expectFinished(run, 0);
      expect(run.deliveries.accepted).toBe(READERS);
    }
    const record = await readRecord(newsletter.path('.obn/ledger.db'), frozen.readers, server.taken());
    expectNoDoubt(record);
    expect(record.counts.accepted).toBe(READERS);
  });

  it('four processes, one of which is killed: what it had in flight is unknown, and nothing else', async () => {
    const gate = makeGate();
    await using server = await start(gate);
    const newsletter = frozen.open(config);
    const { child, result } = spawnObn(
      newsletter.root,
      ['send', '1', '--transport', server.transport, '--yes', ...SLOW],
      { env: server.env, timeoutMs: TIMEOUT_MS },
    );
    await until(() => claimsOf(newsletter, child) > 0);
    const others = together(3, newsletter, server);
    await allHaveCome(4, newsletter);
    const lost = kill(child, newsletter);
    expect(lost).toBeGreaterThan(0);
    expect(await result).toMatchObject({ signal: 'SIGKILL' });
    gate.open();
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
