// Claims and settles everybody of a new send, so many together, and hands nothing over.
import { readFileSync } from 'node:fs';
import { answer, jobOf } from '../send/process.js';
import { freeze, openLedgerAt } from '../send/product.js';
import { recipients } from '../send/readers.js';
import { measure } from '../send/senders/measure.js';

const { ledger: url, message, count, batch } = jobOf();
const ledger = await openLedgerAt(url);
const { id } = await freeze(ledger, JSON.parse(readFileSync(message, 'utf8')), recipients(count), count);
const measured = await measure(count, async () => {
  const request = { worker: 'bench:0', limit: batch, leaseUntil: Date.now() + 3_600_000 };
  for (let settlements = []; ; ) {
    const claims = await ledger.deliveries.exchange(id, Date.now(), settlements, request);
    if (claims.length === 0) break;
    settlements = claims.map(({ sequence, attempt }) => ({
      ...{ sequence, attempt, state: 'accepted', messageId: '0100018f-0000-0000-0000-000000000000-000000' },
    }));
  }
});
const { accepted } = await ledger.deliveries.counts(id);
await ledger.close();
if (accepted !== count) throw new Error(`${accepted} of ${count} were accepted`);
answer(measured);
