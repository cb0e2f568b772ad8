import { confirmedUnmailed } from '../../config/confirmed.js';
import type { Ledger } from '../../ledger/ledger.js';
import { type Examination, failed, given, passed, skipped } from '../examination.js';

export const confirmed: Examination = {
  name: 'confirmed',
  summary: 'readers who confirmed a sign-up in `obn serve` are mailed',
  network: ({ ledgerFile }) => ledgerFile() === undefined,
  async examine({ newsletter, openLedger }) {
    const trouble = confirmedUnmailed(newsletter);
    if (!trouble) {
      const { ledger } = newsletter.config.audience;
      return passed(ledger ? 'they are mailed along with the list' : 'sign-up is off (serve.subscribe)');
    }
    const { message, remedy } = trouble;
    const { serve } = newsletter.document.value as { serve?: unknown };
    return given('ledger', countConfirmed(openLedger), (count) => {
      if (count > 0) return failed(`${message}; confirmed readers not mailed: ${count}`, remedy);
      if (serve !== undefined) return failed(message, remedy);
      return skipped(`no sign-ups yet; before you use \`obn serve\`, ${remedy}`);
    });
  },
};

async function countConfirmed(open: () => Promise<Ledger>): Promise<number> {
  const ledger = await open();
  try {
    let count = 0;
    for await (const { confirmedAt } of ledger.readers.list('subscribed'))
      if (confirmedAt !== null) count += 1;
    return count;
  } finally {
    await ledger.close();
  }
}
