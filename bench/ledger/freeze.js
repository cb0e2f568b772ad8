// Freezes readers for others to send to.
import { readFileSync } from 'node:fs';
import { answer, jobOf } from '../send/process.js';
import { freeze, openLedgerAt } from '../send/product.js';
import { recipients } from '../send/readers.js';
import { measure } from '../send/senders/measure.js';

const { ledger: url, message, count } = jobOf();
const ledger = await openLedgerAt(url);
const content = JSON.parse(readFileSync(message, 'utf8'));
const measured = await measure(count, () => freeze(ledger, content, recipients(count), count));
await ledger.close();
answer({ ...measured, peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6 });
