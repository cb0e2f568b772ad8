// Large lists through the real program: how long until the first message, and how much memory it takes.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { table } from '../table.js';
import { makeNewsletter, withFolder } from './newsletter.js';
import { runJob, startServer } from './process.js';
import { runSend } from './program.js';
import { writeList } from './readers.js';
import { startSink } from './smtp.js';

const SMALL = 100_000;
const LARGE = 1_000_000;
/** So many are sent after the freeze, for the memory that sending takes. */
const LIMIT = 1_000;
const LEFT = 10;
/** Exit codes: all is done; stopped early. */
const DONE = 0;
const STOPPED = 4;

export const name = 'send/large';

export async function run(talk) {
  const small = await withList(SMALL, async (root) => {
    const begin = await watchStart(root, ['--limit', String(LIMIT)], STOPPED);
    talk(`beginning with ${SMALL}: ${startText(begin)}`);
    await rm(join(root, '.obn'), { recursive: true });
    const whole = await sendAll(root);
    talk(`all of ${SMALL}: ${whole.seconds.toFixed(1)} s`);
    return { begin, whole };
  });
  const large = await withList(LARGE, async (root) => {
    const begin = await watchStart(root, ['--limit', String(LIMIT)], STOPPED);
    talk(`beginning with ${LARGE}: ${startText(begin)}`);
    await runJob('senders/settle.js', { ledger: ledgerOf(root), left: LEFT });
    const resume = await watchStart(root, [], DONE);
    talk(`going on with ${LEFT} of ${LARGE}: ${startText(resume)}`);
    return { begin, resume };
  });
  return [report(small, large), 'One run of the program for each number, into local SMTP servers.'];
}

const startText = ({ first }) => `the first message after ${first.toFixed(1)} s`;

function withList(count, work) {
  return withFolder(async (root) => {
    makeNewsletter(root);
    await writeList(join(root, 'subscribers.csv'), count);
    return work(root);
  });
}

const ledgerOf = (root) => join(root, '.obn/ledger.db');

/** @returns seconds from the start to the plan and to the first message at the server, and the peak of memory */
async function watchStart(root, flags, code) {
  const server = await startServer('servers/smtp.js');
  try {
    const { startedAt, plannedAt, peakMb, cpuSeconds } = await runSend(root, server.port, flags, code);
    const { firstAt } = await server.ask();
    return { plan: (plannedAt - startedAt) / 1000, first: (firstAt - startedAt) / 1000, peakMb, cpuSeconds };
  } finally {
    await server.stop();
  }
}

async function sendAll(root) {
  const sink = await startSink();
  try {
    const { startedAt, seconds, peakMb } = await runSend(root, sink.port, [], DONE);
    const job = { ledger: ledgerOf(root), from: startedAt, to: Date.now() };
    const { accepted, seconds: sending } = await runJob('senders/span.js', job);
    return { seconds, perSecond: accepted / sending, peakMb };
  } finally {
    await sink.stop();
  }
}

function report({ begin: few, whole }, { begin: many, resume }) {
  const seconds = (value) => value.toFixed(1);
  const mb = (value) => value?.toFixed(0) ?? 'not known';
  const cpu = ({ cpuSeconds }) => cpuSeconds?.toFixed(1) ?? 'not known';
  const pair = (value) => [value(few), value(many)];
  const ratio = few.peakMb ? (many.peakMb / few.peakMb).toFixed(2) : 'not known';
  const rows = [
    ['from the start to the plan, s', ...pair(({ plan }) => seconds(plan)), ''],
    [
      'from the plan to the first message (freezing), s',
      ...pair(({ plan, first }) => seconds(first - plan)),
      '<= 20',
    ],
    [`processor time with --limit ${LIMIT}, s`, ...pair(cpu), ''],
    [`peak memory with --limit ${LIMIT}, MB`, ...pair(({ peakMb }) => mb(peakMb)), '<= 200'],
    ['peak memory, ratio to that of the smaller list', '', ratio, '<= 1.3'],
    [`from the start to the first message, ${LEFT} left, s`, '', seconds(resume.first), '<= 2'],
    [`processor time, ${LEFT} left, s`, '', cpu(resume), ''],
    [`peak memory, ${LEFT} left, MB`, '', mb(resume.peakMb), ''],
    ['the whole send, s', seconds(whole.seconds), '', ''],
    ['messages a second, first to last answer', whole.perSecond.toFixed(0), '', ''],
    ['peak memory of the whole send, MB', mb(whole.peakMb), '', ''],
  ];
  const header = ['readers', ...[SMALL, LARGE].map((count) => count.toLocaleString('en')), 'aim'];
  return table(header, rows);
}
