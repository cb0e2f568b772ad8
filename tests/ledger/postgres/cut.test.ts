import { expect, it, onTestFinished } from 'vitest';
import { runDelivery } from '../../../src/delivery/run.js';
import { openLedger } from '../../../src/ledger/table.js';
import { MessageWriter } from '../../../src/message/writer.js';
import { systemClock } from '../../../src/platform/clock.js';
import { HEADER, recipients, result } from '../../contracts/ledgers.js';
import { Recorder } from '../../delivery/recorder.js';
import { PostgresServer } from '../../support/postgres/server.js';

const READERS = 60;
const MOST_CUTS = 12;
/** What an administrator can do to every other session of a database, again and again. */
const CUTS = [
  ['terminated', 'pg_terminate_backend(pid)'],
  ['cancelled', 'pg_cancel_backend(pid)'],
] as const;

it.each(CUTS)('continues a send while its connections are repeatedly %s', async (_name, cut) => {
  const server = await PostgresServer.start();
  onTestFinished(() => server.remove());
  const url = await server.createDatabase();
  const ledger = await openLedger(url, '/', { create: true });
  onTestFinished(() => ledger.close());
  const header = { ...HEADER, now: Date.now() };
  const { send } = await ledger.deliveries.freeze(header, recipients(READERS), result(READERS));
  const transport = new Recorder();
  let isOver = false;
  const run = runDelivery({
    ...{
      send,
      ledger: ledger.deliveries,
      transport,
      clock: systemClock,
      worker: 'here:1:a',
      rate: undefined,
      limit: undefined,
    },
    writer: new MessageWriter(HEADER.message, { secret: 's' }),
    signal: new AbortController().signal,
  }).finally(() => {
    isOver = true;
  });
  let cuts = 0;
  while (!isOver && cuts < MOST_CUTS) {
    const victims = `select ${cut} as done from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`;
    cuts += (await server.ask<{ done: boolean }>(url, victims)).length;
  }
  expect(await run).toEqual({ kind: 'finished' });
  expect(cuts).toBeGreaterThan(3);
  expect([...transport.copies.values()]).toEqual(Array(READERS).fill(1));
  expect(await ledger.deliveries.counts(send.id)).toMatchObject({
    accepted: READERS,
    unknown: 0,
    rejected: 0,
  });
});
