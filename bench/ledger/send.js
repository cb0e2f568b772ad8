// One of several processes that start to send the frozen deliveries at the same time.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer, jobOf } from '../send/process.js';
import { deliver, openLedgerAt, openTransport, openWriter } from '../send/product.js';

const { ledger: url, message, transport: options, startAt } = jobOf();
const ledger = await openLedgerAt(url);
const send = await ledger.deliveries.find(1, 'live');
const writer = await openWriter(JSON.parse(readFileSync(message, 'utf8')));
const transport = await openTransport(options);
await sleep(Math.max(0, startAt - Date.now()));
const cpu = process.cpuUsage();
const from = Date.now();
await deliver({ ledger, send, transport, writer });
const to = Date.now();
const { user, system } = process.cpuUsage(cpu);
await transport.close();
await ledger.close();
answer({ from, to, cpuSeconds: (user + system) / 1e6 });
