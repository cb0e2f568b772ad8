import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withdrawOptOuts } from '../../src/delivery/list-opt-outs.js';
import { frozenIssue } from '../support/frozen-ledger.js';

/** Issue 3 is frozen for r0 to r3@example.com, and the list says this now. */
async function withList(text: string | undefined) {
  const { ledger, send, folder } = await frozenIssue(4);
  const path = join(folder, 'subscribers.csv');
  if (text !== undefined) writeFileSync(path, text);
  const withdrawn = await withdrawOptOuts({ path, name: 'subscribers.csv' }, ledger.deliveries, send);
  const next = await ledger.deliveries.exchange(send.id, 1, [], {
    worker: 'a:1',
    limit: 9,
    leaseUntil: 5_000,
  });
  return { withdrawn, mailed: next.map(({ key }) => key.replace('@example.com', '')) };
}

describe('a resumed send', () => {
  it.each(['unsubscribed', 'bounced', 'complained'])(
    'mails nobody who is %s on the list by now',
    async (status) => {
      const list = `email,status\nr0@example.com,\nR1@example.com,${status}\nr2@example.com,subscribed\n`;
      expect(await withList(list)).toEqual({ withdrawn: 1, mailed: ['r0', 'r2', 'r3'] });
    },
  );

  it('skips readers on a row that cannot be read', async () => {
    const list = 'email,status\nr0@example.com,\n"r2@example.com,unsubscr"ibed\n';
    expect((await withList(list)).mailed).not.toContain('r2');
  });

  it('needs no list', async () => {
    expect(await withList(undefined)).toEqual({ withdrawn: 0, mailed: ['r0', 'r1', 'r2', 'r3'] });
  });
});
