import { exists } from '../../platform/files.js';
import { workerName } from '../../platform/process.js';
import { type Examination, passed } from '../examination.js';

export const ledger: Examination = {
  name: 'ledger',
  summary: 'the ledger can be read and written, and the clock of a shared ledger matches this machine',
  network: ({ ledgerFile }) => ledgerFile() === undefined,
  async examine({ ledgerFile, openLedger, clock }) {
    const file = ledgerFile();
    if (file !== undefined && !exists(file)) return passed('no ledger yet; the first send creates it');
    const opened = await openLedger();
    try {
      const now = clock.now();
      // This write leaves nothing behind.
      await opened.locks.acquire('doctor', workerName(), now, now);
      await opened.locks.release('doctor', workerName());
      const last = await opened.deliveries.lastIssue();
      return passed(last > 0 ? `last issue: #${last}` : 'no issues yet');
    } finally {
      await opened.close();
    }
  },
};
