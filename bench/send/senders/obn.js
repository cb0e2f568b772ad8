// The product as a sender: freezes readers in a new ledger, then measures how long sending to all of them takes.
import { readFileSync } from 'node:fs';
import { answer, jobOf } from '../process.js';
import { deliver, freeze, openLedger, openTransport, openWriter } from '../product.js';
import { recipients } from '../readers.js';
import { measure } from './measure.js';

const { message: file, ledger: ledgerFile, transport: options, count, rate } = jobOf();
const message = JSON.parse(readFileSync(file, 'utf8'));
const ledger = await openLedger(ledgerFile);
const send = await freeze(ledger, message, recipients(count), count);
const writer = await openWriter(message);
const transport = await openTransport(options);
const measured = await measure(count, () => deliver({ ledger, send, transport, writer, rate }));
await transport.close();
await ledger.close();
answer({ ...measured, concurrency: transport.concurrency, batch: transport.batch });
