// SMTP at full speed: obn with its ledger, nodemailer's pool, and Postfix's generator written in C, in turn.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { pairedRatio, ratesText, shown, summary } from '../statistics.js';
import { table } from '../table.js';
import { withFolder, writeMessage } from './newsletter.js';
import { has, runJob, startCommand, startServer } from './process.js';
import { openWriter } from './product.js';
import { addressee } from './readers.js';
import { mailFor } from './senders/mail.js';

const ROUNDS = 7;
const CONNECTIONS = 20;
/** So many that each sender is at it for some seconds. */
const COUNTS = { obn: 8_000, nodemailer: 2_000, source: 10_000 };

export const name = 'send/smtp';

export async function run(talk) {
  return withFolder(async (folder) => {
    const { message, file } = await writeMessage(folder);
    const sizes = await wireSizes(message);
    const server = await startSink();
    try {
      const rounds = [];
      for (let round = 0; round < ROUNDS; round++) {
        rounds.push(await measureRound({ folder, file, port: server.port, size: sizes.obn, round }));
        talk(`round ${round + 1} of ${ROUNDS}: ${ratesText(rounds.at(-1))}`);
      }
      return report(rounds, sizes);
    } finally {
      await server.stop();
    }
  });
}

/** Postfix's sink where it is installed: it costs the machine least. */
export function startSink() {
  if (!has('smtp-sink')) return startServer('servers/smtp.js');
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  return startCommand((port) => ['smtp-sink', ...user, `127.0.0.1:${port}`, '1000']);
}

async function measureRound({ folder, file, port, size, round }) {
  const transport = { kind: 'smtp', url: `smtp://127.0.0.1:${port}`, connections: CONNECTIONS };
  const ledger = join(folder, `ledger-${round}.db`);
  const obn = await runJob('senders/obn.js', { message: file, ledger, transport, count: COUNTS.obn });
  const job = { message: file, port, connections: CONNECTIONS, count: COUNTS.nodemailer };
  const pooled = await runJob('senders/nodemailer.js', job);
  return { obn, nodemailer: pooled, source: has('smtp-source') ? runSource(port, size) : undefined };
}

/** Postfix's generator: sessions of one message each, its header on top of so many bytes. */
function runSource(port, size) {
  const words = ['-s', CONNECTIONS, '-l', size, '-m', COUNTS.source, `127.0.0.1:${port}`].map(String);
  const start = performance.now();
  const { status, stderr } = spawnSync('smtp-source', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`smtp-source failed: ${stderr}`);
  return { perSecond: (COUNTS.source / (performance.now() - start)) * 1000 };
}

/** Bytes of the message on the wire. @throws Error when those of obn and of nodemailer are too far apart to compare */
async function wireSizes(message) {
  const writer = await openWriter(message);
  const stream = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message: bytes } = await stream.sendMail(mailFor(writer, message, 0));
  const sizes = { obn: writer.write(addressee(0), Date.now()).raw().length, nodemailer: bytes.length };
  if (Math.abs(sizes.nodemailer / sizes.obn - 1) <= 0.05) return sizes;
  throw new Error(`the messages cannot be compared: ${JSON.stringify(sizes)} bytes`);
}

function report(rounds, sizes) {
  const of = (sender, value = 'perSecond') => rounds.map((round) => round[sender][value]);
  const fast = (sender) => shown(summary(of(sender)));
  const cpu = (sender) => shown(summary(of(sender, 'cpuMs')), 2);
  const ratio = (sender) => shown(pairedRatio(of('obn'), of(sender)), 2);
  const bytes = (count) => count.toLocaleString('en');
  const rows = [
    ['obn, ledger on', fast('obn'), cpu('obn'), bytes(sizes.obn), '', ''],
    ['nodemailer, pooled', fast('nodemailer'), cpu('nodemailer'), bytes(sizes.nodemailer)],
  ];
  rows[1].push(ratio('nodemailer'), '>= 5');
  if (rounds[0].source)
    rows.push(['smtp-source', fast('source'), '', bytes(sizes.obn), ratio('source'), '>= 0.5']);
  const header = [
    'sender',
    'messages a second',
    'CPU ms a message',
    'bytes a message',
    'obn / sender',
    'aim',
  ];
  const sink = has('smtp-sink') ? "Postfix's smtp-sink" : 'a sink in JavaScript';
  return [table(header, rows), `${CONNECTIONS} connections into ${sink}, ${rounds.length} rounds.`];
}
