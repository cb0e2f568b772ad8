// The throughput of a ledger: claims and settlements per second, in a file and on a server, with one or more processes.
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { PostgresServer } from '../tests/support/postgres/server.js';
import { withFolder, writeMessage } from './send/newsletter.js';
import { runJob, sesEnvironment, startServer } from './send/process.js';
import { pairedRatio, shown, summary } from './statistics.js';
import { table } from './table.js';

const ROUNDS = 3;
/** Deliveries of a round, and how many are claimed and settled together. */
const CYCLES = [
  { batch: 1, count: 1_000 },
  { batch: 10, count: 5_000 },
  { batch: 100, count: 20_000 },
  { batch: 1_000, count: 50_000 },
];
const PROCESSES = [1, 2, 4];
/** Two ways to send: one whose processes wait for the other side, and one that takes all the processor there is. */
const LANES = [
  {
    lane: 'SMTP, 10 connections, 50 ms for a yes',
    count: 3_000,
    sink: ['servers/smtp.js', { latencyMs: 50 }],
    transport: (port) => ({ kind: 'smtp', url: `smtp://127.0.0.1:${port}`, connections: 10 }),
  },
  {
    lane: 'SES, single, 20 ms for a yes',
    count: 4_000,
    sink: ['servers/ses.js', { latencyMs: 20 }],
    transport: () => ({ kind: 'ses', mode: 'single' }),
  },
];
/** All processes have loaded by then. */
const READY_MS = 4_000;
const LARGE = 1_000_000;
/** From here on a core has nothing to give any more. */
const BUSY = 0.9;
const HALF = 0.5;

export const name = 'ledger';

export async function run(talk) {
  const server = await PostgresServer.start(['fsync=on', 'shared_buffers=256MB', 'max_wal_size=4GB']);
  try {
    return await withFolder(async (folder) => {
      const { file: message } = await writeMessage(folder);
      let files = 0;
      const kinds = {
        SQLite: async () => `sqlite:${join(folder, `ledger-${++files}.db`)}`,
        PostgreSQL: () => server.createDatabase(),
      };
      const blocks = [await measureCycles(kinds, message, talk), await measureFreeze(kinds, message, talk)];
      for (const lane of LANES) blocks.push(...(await measureSends(lane, kinds, message, talk)));
      return blocks;
    });
  } finally {
    await server.remove();
  }
}

async function measureCycles(kinds, message, talk) {
  const rows = [];
  for (const { batch, count } of CYCLES) {
    const cells = [];
    for (const [kind, create] of Object.entries(kinds)) {
      const rounds = [];
      for (let round = 0; round < ROUNDS; round++) {
        rounds.push(await runJob('../ledger/cycle.js', { ledger: await create(), message, count, batch }));
      }
      const perSecond = shown(summary(rounds.map((one) => one.perSecond)));
      talk(`${kind}, ${batch} at a time: ${perSecond} a second`);
      cells.push(perSecond, shown(summary(rounds.map((one) => one.cpuMs * 1000))));
    }
    rows.push([batch, ...cells]);
  }
  const header = Object.keys(kinds).flatMap((kind) => [`${kind}, a second`, 'CPU µs of the process']);
  return table(['claimed and settled together', ...header], rows);
}

async function measureFreeze(kinds, message, talk) {
  const rows = [];
  for (const [kind, create] of Object.entries(kinds)) {
    const job = { ledger: await create(), message, count: LARGE };
    const { perSecond, peakMb } = await runJob('../ledger/freeze.js', job);
    const seconds = (LARGE / perSecond).toFixed(1);
    talk(`${kind}, freezing ${LARGE}: ${seconds} s`);
    rows.push([kind, seconds, Math.round(perSecond).toLocaleString('en'), peakMb.toFixed(0)]);
  }
  return table(['freezing a million readers', 's', 'readers a second', 'peak memory, MB'], rows);
}

async function measureSends(lane, kinds, message, talk) {
  const rows = [];
  const busy = [];
  for (const [kind, create] of Object.entries(kinds)) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const results = [];
      for (const processes of PROCESSES) {
        results.push(await sendTogether(lane, await create(), message, processes));
        talk(`${lane.lane}: ${kind}, ${processes} at it: ${results.at(-1).perSecond.toFixed(0)} a second`);
      }
      rounds.push(results);
    }
    for (const [at, processes] of PROCESSES.entries()) {
      const of = (value) => rounds.map((results) => results[at][value]);
      const alone = rounds.map(([one]) => one.perSecond);
      const ratio = processes === 1 ? '' : shown(pairedRatio(of('perSecond'), alone), 2);
      const cores = ['senders', 'sink'].map((side) => summary(of(side)));
      const aim = kind === 'PostgreSQL' && processes === 2 ? '>= 1.6' : '';
      const shownCores = cores.map((one) => shown(one, 2));
      rows.push([`${kind}, ${processes}`, shown(summary(of('perSecond'))), ...shownCores, ratio, aim]);
      busy.push({ what: `${kind}, ${processes}`, processes, cores: cores.map(({ median }) => median) });
    }
  }
  const header = [lane.lane, 'messages a second', 'cores of the senders', 'of the sink'];
  return [table([...header, 'to one process', 'aim'], rows), limitText(busy)];
}

/** @returns messages a second from the first to the last at the other side, and how many cores the senders and the other side have kept busy */
async function sendTogether({ count, sink: [script, options], transport }, ledger, message, processes) {
  const sink = await startServer(script, options);
  try {
    await runJob('../ledger/freeze.js', { ledger, message, count });
    const job = { ledger, message, transport: transport(sink.port), startAt: Date.now() + READY_MS };
    const one = () => runJob('../ledger/send.js', job, { env: sesEnvironment(sink.port) });
    const runs = await Promise.all(Array.from({ length: processes }, one));
    const seconds =
      (Math.max(...runs.map(({ to }) => to)) - Math.min(...runs.map(({ from }) => from))) / 1000;
    const senders = runs.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / seconds;
    const { cpuSeconds, perSecond } = await sink.ask();
    return { perSecond, senders, sink: cpuSeconds / seconds };
  } finally {
    await sink.stop();
  }
}

/** Names what limits a number of processes. */
function limitText(busy) {
  const cores = availableParallelism();
  const load = loadavg()[0].toFixed(1);
  const texts = busy.map(({ what, processes, cores: [senders, sink] }) => {
    if (senders + sink >= cores * BUSY) return `${what}: all ${cores} cores of the machine`;
    if (sink >= BUSY) return `${what}: the sink, which has one core`;
    if (senders >= processes * BUSY) return `${what}: the cores of the senders`;
    if (senders + sink >= cores * HALF)
      return `${what}: what is left of ${cores} cores beside the server of the ledger and others`;
    return `${what}: waiting for answers`;
  });
  return `What limits: ${texts.join('; ')}. Sink, senders and the server of the ledger share the machine, whose load was ${load} in the end.`;
}
