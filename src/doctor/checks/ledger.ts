import { exists } from '../../platform/files.js';
import { workerName } from '../../platform/process.js';
import { type Examination, passed } from '../examination.js';

export const ledger: Examination = {
  name: 'ledger',
  summary: 'the ledger can be opened, read and written, and a shared one has the time of this machine',
  network: ({ ledgerFile }) => ledgerFile() === undefined,
  async examine({ ledgerFile, openLedger, clock }) {
    const file = ledgerFile();
    if (file !== undefined && !exists(file)) return passed('there is none yet; the first send makes it');
    const opened = await openLedger();
    try {
      const now = clock.now();
      // Of all that a ledger can be asked to write this leaves nothing behind.
      await opened.locks.acquire('doctor', workerName(), now, now);
      await opened.locks.release('doctor', workerName());
      const last = await opened.deliveries.lastIssue();
      return passed(last > 0 ? `the last issue that it knows of is #${last}` : 'it knows of no issue yet');
    } finally {
      await opened.close();
    }
  },
};
