import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runDelivery } from '../../../src/delivery/run.js';
import { contradictions } from '../../../src/delivery/witness.js';
import { WitnessStore } from '../../../src/delivery/witness-store.js';
import type { Doubtful } from '../../../src/ledger/delivery.js';
import { openLedger } from '../../../src/ledger/table.js';
import { MessageWriter } from '../../../src/message/writer.js';
import { systemClock } from '../../../src/platform/clock.js';
import { HEADER, recipients, result } from '../../contracts/ledgers.js';
import { accepted } from '../../delivery/answers.js';
import { Recorder } from '../../delivery/recorder.js';
import { PostgresServer } from '../../support/postgres/server.js';

const READERS = 40;
const RESTORE = [
  'begin',
  'delete from obn.delivery',
  'insert into obn.delivery select * from backup',
  'commit',
];

/** A send on a server, whose deliveries can be saved and brought back as a backup does it. */
async function onServer() {
  const folder = mkdtempSync(join(tmpdir(), 'obn-restored-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = await PostgresServer.start();
  onTestFinished(() => server.remove());
  const url = await server.createDatabase();
  const ledger = await openLedger(url, '/', { create: true });
  onTestFinished(() => ledger.close());
  const { send } = await ledger.deliveries.freeze(
    { ...HEADER, now: Date.now() },
    recipients(READERS),
    result(READERS),
  );
  const store = new WitnessStore([join(folder, '.sent')]);
  const rescued: Doubtful[] = [];
  const run = (transport: Recorder, limit?: number) =>
    runDelivery({
      ...{
        send,
        ledger: ledger.deliveries,
        transport,
        clock: systemClock,
        worker: 'here:1:a',
        rate: undefined,
        limit,
      },
      writer: new MessageWriter(HEADER.message, { secret: 's' }),
      signal: new AbortController().signal,
      witness: {
        ...{ store, before: [], ledgerName: 'postgres://db', worker: 'here:1:a' },
        now: () => systemClock.now(),
        onUnwitnessed: () => undefined,
      },
      rescue: async (deliveries) => void rescued.push(...deliveries),
    });
  return {
    ...{ ledger, send, run, rescued },
    backUp: () => server.ask(url, 'create table backup as select * from obn.delivery'),
    restore: () => server.askInTurn(url, RESTORE),
    found: async () => contradictions(ledger.deliveries, await store.read(HEADER.issue)),
  };
}

it('a server that was restored from a backup between two runs contradicts the witness', async () => {
  const { run, backUp, restore, found } = await onServer();
  await run(new Recorder(), 10);
  await backUp();
  await run(new Recorder(), 10);
  expect(await found()).toEqual([]);
  await restore();
  expect(await found()).toMatchObject([{ kind: 'behind', witness: { reached: 20, handedOver: 20 } }]);
});

it('sends nothing twice after a server is restored during a run', async () => {
  const { run, rescued, backUp, restore } = await onServer();
  await run(new Recorder(), 5);
  await backUp();
  let restored: Promise<unknown> | undefined;
  const transport = new Recorder((_, handed) => {
    if (handed === 15) restored = restore();
    return accepted;
  });
  await expect(run(transport)).rejects.toThrow(/was replaced by an older copy while it was in use/);
  await restored;
  expect(Math.max(...transport.copies.values())).toBe(1);
  expect(rescued.length).toBeGreaterThan(0);
});
