// Amazon SES at full speed, without latency: obn with its ledger against the bare AWS SDK, in turn.
import { join } from 'node:path';
import { pairedRatio, ratesText, shown, summary } from '../statistics.js';
import { table } from '../table.js';
import { withFolder, writeMessage } from './newsletter.js';
import { runJob, sesEnvironment, startServer } from './process.js';

const ROUNDS = 5;
/** Recipients of a round. */
const MODES = [
  { mode: 'single', count: 3_000, aim: '>= 0.9' },
  { mode: 'bulk', count: 40_000, aim: '>= 0.7' },
];

export const name = 'send/ses';

export async function run(talk) {
  const rows = [];
  for (const mode of MODES) rows.push(...(await withFolder((folder) => measureMode(folder, mode, talk))));
  const header = [
    'sender',
    'recipients a second',
    'CPU ms a recipient',
    'calls in flight',
    'obn / SDK',
    'aim',
  ];
  return [table(header, rows), `An endpoint of HTTP without latency in another process, ${ROUNDS} rounds.`];
}

async function measureMode(folder, { mode, count, aim }, talk) {
  const { file: message } = await writeMessage(folder);
  const server = await startServer('servers/ses.js');
  const env = sesEnvironment(server.port);
  const rounds = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const ledger = join(folder, `ledger-${round}.db`);
      const transport = { kind: 'ses', mode };
      const obn = await runJob('senders/obn.js', { message, ledger, transport, count }, { env });
      const job = { message, mode, count, inFlight: obn.concurrency, batch: obn.batch };
      const sdk = await runJob('senders/sdk.js', job, { env });
      rounds.push({ obn, sdk });
      talk(`${mode}: round ${round + 1} of ${ROUNDS}: ${ratesText(rounds.at(-1))}`);
    }
  } finally {
    await server.stop();
  }
  return report(rounds, mode, aim);
}

function report(rounds, mode, aim) {
  const of = (sender, value) => rounds.map((round) => round[sender][value]);
  const inFlight = rounds[0].obn.concurrency;
  const row = (sender) => [
    shown(summary(of(sender, 'perSecond'))),
    shown(summary(of(sender, 'cpuMs')), 3),
    inFlight,
  ];
  const ratio = shown(pairedRatio(of('obn', 'perSecond'), of('sdk', 'perSecond')), 2);
  return [
    [`obn, ${mode}`, ...row('obn'), '', ''],
    [`the SDK, ${mode}`, ...row('sdk'), ratio, aim],
  ];
}
