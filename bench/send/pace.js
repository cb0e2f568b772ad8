// How close obn comes to a rate, at an endpoint that answers late and refuses whatever is faster than the rate.
import { join } from 'node:path';
import { table } from '../table.js';
import { withFolder, writeMessage } from './newsletter.js';
import { runJob, sesEnvironment, startServer } from './process.js';

const RATES = [50, 200, 1_000];
const MODES = ['single', 'bulk'];
const SECONDS = 20;
const LATENCY_MS = 60;

export const name = 'send/pace';

export async function run(talk) {
  return withFolder(async (folder) => {
    const { file: message } = await writeMessage(folder);
    const rows = [];
    for (const mode of MODES) {
      for (const rate of RATES) {
        const ledger = join(folder, `ledger-${mode}-${rate}.db`);
        const seen = await measurePace({ message, ledger, mode, rate });
        rows.push(rowOf(mode, rate, seen));
        talk(
          `${mode} at ${rate} a second: ${seen.perSecond.toFixed(1)} reached, ${seen.throttled} throttled`,
        );
      }
    }
    const header = ['mode and rate', 'reached', 'share', 'throttled', 'messages', 'calls in flight'];
    const how = `${LATENCY_MS} ms of latency, ${SECONDS} s for each; no more than the rate in any second is taken.`;
    return [table(header, rows), `${how} Aims: a share of 97 % or more, nothing throttled.`];
  });
}

async function measurePace({ message, ledger, mode, rate }) {
  const server = await startServer('servers/ses.js', { latencyMs: LATENCY_MS, rate });
  try {
    const job = { message, ledger, transport: { kind: 'ses', mode }, count: rate * SECONDS, rate };
    const { concurrency } = await runJob('senders/obn.js', job, { env: sesEnvironment(server.port) });
    return { ...(await server.ask()), concurrency };
  } finally {
    await server.stop();
  }
}

function rowOf(mode, rate, { perSecond, throttled, accepted, concurrency }) {
  const share = `${((100 * perSecond) / rate).toFixed(1)} %`;
  return [`${mode}, ${rate} a second`, perSecond.toFixed(1), share, throttled, accepted, concurrency];
}
