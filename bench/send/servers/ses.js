// The least that the SDK takes for Amazon SES: it reads a request, counts its recipients and answers.
import { createServer } from 'node:http';
import { jobOf } from '../process.js';
import { RateWindow } from './window.js';

const BULK = '/v2/email/outbound-bulk-emails';
const ENTRY = '"ReplacementEmailContent"';

const { latencyMs = 0, rate = Number.POSITIVE_INFINITY } = jobOf();
const window = new RateWindow(rate);

function serve(request, response) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const reply = react(request, chunks);
    if (latencyMs === 0) write(response, reply);
    else setTimeout(write, latencyMs, response, reply);
  });
}

/** SES answers each entry of a bulk call separately. */
function react({ method, url }, chunks) {
  if (method === 'GET') return { SendingEnabled: true, ProductionAccessEnabled: true };
  const bulk = url === BULK;
  const wanted = bulk ? countEntries(Buffer.concat(chunks)) : 1;
  const taken = window.take(wanted, performance.now());
  if (taken === 0) return undefined;
  if (!bulk) return { MessageId: 'message' };
  const status = (index) => (index < taken ? 'SUCCESS' : 'ACCOUNT_THROTTLED');
  const results = Array.from({ length: wanted }, (_, index) => ({
    Status: status(index),
    MessageId: 'message',
  }));
  return { BulkEmailEntryResults: results };
}

function countEntries(body) {
  let count = 0;
  for (let at = body.indexOf(ENTRY); at >= 0; at = body.indexOf(ENTRY, at + ENTRY.length)) count += 1;
  return count;
}

function write(response, reply) {
  const type = { 'content-type': 'application/json' };
  if (reply) response.writeHead(200, type).end(JSON.stringify(reply));
  else {
    response.writeHead(429, { ...type, 'x-amzn-errortype': 'TooManyRequestsException' });
    response.end('{"message":"Maximum sending rate exceeded."}');
  }
}

const server = createServer({ keepAliveTimeout: 600_000 }, serve);
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ ...window.report(), cpuSeconds: (user + system) / 1e6 });
});
