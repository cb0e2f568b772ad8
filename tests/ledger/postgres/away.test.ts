import { expect, it } from 'vitest';
import { openPostgres } from '../../../src/ledger/postgres/open.js';
import type { Clock } from '../../../src/platform/clock.js';
import { claimFor, HEADER, recipients, result } from '../../contracts/ledgers.js';
import { PostgresServer } from '../../support/postgres/server.js';

/** Time that passes while somebody sleeps, and not otherwise. */
function quickClock(): Clock & { slept: number } {
  const start = Date.now();
  const clock = {
    slept: 0,
    now: () => start + clock.slept,
    steady: () => clock.slept,
    sleep: async (ms: number) => {
      clock.slept += ms;
      await new Promise(setImmediate);
    },
    after: () => () => undefined,
  };
  return clock;
}

it('waits two minutes for a lost server', async () => {
  const server = await PostgresServer.start();
  const clock = quickClock();
  const said: string[] = [];
  try {
    const options = { create: true, notice: (text: string) => said.push(text) };
    const ledger = await openPostgres(await server.createDatabase(), '/', options, clock);
    if (!ledger) throw new Error('there is no ledger');
    const { send } = await ledger.deliveries.freeze(HEADER, recipients(2), result(2));
    await server.end();
    const asking = () => ledger.deliveries.exchange(send.id, 1, [], claimFor('a:1', 2));
    await expect(asking()).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(/lost the connection .* and did not come back: connection refused/),
      hint: expect.stringMatching(/run the same command again/),
    });
    expect(clock.slept).toBeGreaterThanOrEqual(120_000);
    expect(clock.slept).toBeLessThan(125_000);
    const before = clock.slept;
    await expect(asking()).rejects.toMatchObject({ exitCode: 4 });
    expect(clock.slept).toBe(before);
    await server.begin();
    expect(await asking()).toHaveLength(2);
    await ledger.close();
    expect(said.filter((text) => text.startsWith('Lost the connection to the ledger'))).toHaveLength(1);
  } finally {
    await server.remove();
  }
});
