// When the first and the last delivery of a finished send were accepted, according to the ledger.
import { answer, jobOf } from '../process.js';
import { openLedger } from '../product.js';

const { ledger: file, from, to } = jobOf();
const ledger = await openLedger(file);
const { id } = await ledger.deliveries.find(1, 'live');
const { accepted } = await ledger.deliveries.counts(id);

/** The last millisecond since which so many or more were accepted. */
async function lastWith(count) {
  let [low, high] = [from, to + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((await ledger.deliveries.acceptedSince(id, middle)) >= count) low = middle;
    else high = middle;
  }
  return low;
}

const seconds = ((await lastWith(1)) - (await lastWith(accepted))) / 1000;
await ledger.close();
answer({ accepted, seconds });
