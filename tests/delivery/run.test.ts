import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runDelivery } from '../../src/delivery/run.js';
import { openSqlite } from '../../src/ledger/sqlite/open.js';
import { MessageWriter } from '../../src/message/writer.js';
import { systemClock } from '../../src/platform/clock.js';
import { Outbox } from '../../src/transport/outbox/outbox.js';
import { message } from '../message/messages.js';

async function* recipients() {
  for (const key of ['a@x.example', 'a b@x.example', 'c@x.example']) {
    yield [{ key, address: key, name: '', reference: key.charCodeAt(0).toString(16), fields: {} }];
  }
}

it('rejects a message that cannot be written, and continues', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'obn-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const ledger = await openSqlite(join(folder, 'ledger.db'));
  onTestFinished(() => ledger.close());
  const compiled = message();
  const header = {
    issue: 7,
    channel: 'rehearsal',
    transport: 'outbox',
    message: compiled,
    digest: 'd',
    now: 1,
  } as const;
  const audience = { listed: 3, eligible: 3, excluded: {} };
  const { send } = await ledger.deliveries.freeze(header, recipients(), () => ({
    audience,
    audienceDigest: 'a',
  }));
  const end = await runDelivery({
    send,
    ledger: ledger.deliveries,
    transport: new Outbox(join(folder, 'outbox')),
    writer: new MessageWriter(compiled, { secret: 's' }),
    clock: systemClock,
    worker: 'host:1',
    rate: undefined,
    limit: undefined,
    signal: new AbortController().signal,
  });
  expect(end).toEqual({ kind: 'finished' });
  expect(await ledger.deliveries.counts(send.id)).toMatchObject({ accepted: 2, rejected: 1, unknown: 0 });
  for await (const failure of ledger.deliveries.failures(send.id)) expect(failure.code).toBe('unwritable');
  expect(readdirSync(join(folder, 'outbox'), { recursive: true })).toHaveLength(3);
});
