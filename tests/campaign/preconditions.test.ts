import { describe, expect, it } from 'vitest';
import { refuseWithoutHistory } from '../../src/campaign/preconditions.js';
import { emptyLedger, freezeIssue } from '../support/frozen-ledger.js';

describe('a ledger without history', () => {
  it('sends no issue but the first, also after a rehearsal', async () => {
    const { ledger } = await emptyLedger();
    await expect(refuseWithoutHistory(ledger.deliveries, 2, false)).rejects.toThrow(
      'this ledger has no history',
    );
    await freezeIssue(ledger, 1, { issue: 1, channel: 'rehearsal' });
    await expect(refuseWithoutHistory(ledger.deliveries, 2, false)).rejects.toThrow(
      'this ledger has no history',
    );
    await refuseWithoutHistory(ledger.deliveries, 1, false);
  });

  it('sends nothing unattended, not even the first issue', async () => {
    const { ledger } = await emptyLedger();
    await expect(refuseWithoutHistory(ledger.deliveries, 1, true)).rejects.toThrow(
      '--due cannot tell whether it is the right one',
    );
  });

  it('has history after a live send', async () => {
    const { ledger } = await emptyLedger();
    await freezeIssue(ledger, 1, { issue: 1 });
    await refuseWithoutHistory(ledger.deliveries, 2, false);
    await refuseWithoutHistory(ledger.deliveries, 2, true);
  });
});
