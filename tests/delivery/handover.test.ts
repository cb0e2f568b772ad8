import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Handover, type HandoverOptions } from '../../src/delivery/handover.js';
import type { Witness } from '../../src/delivery/witness.js';
import { WitnessStore } from '../../src/delivery/witness-store.js';
import type { Send } from '../../src/ledger/send.js';
import { frozenIssue } from '../support/frozen-ledger.js';
import { claim } from './answers.js';

const OLDER = /the ledger was replaced by an older copy/;
const claimOf = (sequence: number, attempt: number) => ({ ...claim(attempt), sequence });

function witnesses(): WitnessStore {
  const folder = mkdtempSync(join(tmpdir(), 'obn-witness-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return new WitnessStore([folder]);
}

function options(store: WitnessStore, more: Partial<HandoverOptions> = {}): HandoverOptions {
  const facts = { before: [], ledgerName: 'sqlite:ledger.db', worker: 'elsewhere:1:a' };
  return { ...facts, store, now: () => 5_000, onUnwitnessed: () => undefined, ...more };
}

function witnessOf(send: Send, more: Partial<Witness>): Witness {
  const { issue, id, createdAt, audienceDigest, retries } = send;
  const facts = {
    issue,
    send: id,
    createdAt,
    audienceDigest,
    retries,
    reached: 0,
    handedOver: 0,
    last: null,
  };
  return { ...facts, ledger: 'sqlite:ledger.db', worker: 'elsewhere:1:a', at: 1, accepted: false, ...more };
}

describe('claims from a ledger', () => {
  it('goes forward through the list, and each attempt comes once', async () => {
    const { ledger, send } = await frozenIssue(9);
    const handover = await Handover.begin(ledger.deliveries, send, undefined);
    await handover.admit([claimOf(0, 1), claimOf(1, 1)]);
    await handover.admit([claimOf(0, 2), claimOf(2, 1)]);
  });

  it('is not handed over when an attempt comes again', async () => {
    const { ledger, send } = await frozenIssue(9);
    const handover = await Handover.begin(ledger.deliveries, send, undefined);
    await handover.admit([claimOf(0, 1), claimOf(0, 2)]);
    await expect(handover.admit([claimOf(0, 2)])).rejects.toThrow(OLDER);
  });

  it('is not handed over when a first attempt goes back in the list', async () => {
    const { ledger, send } = await frozenIssue(9);
    const handover = await Handover.begin(ledger.deliveries, send, undefined);
    await handover.admit([claimOf(5, 1)]);
    await expect(handover.admit([claimOf(3, 1)])).rejects.toThrow(OLDER);
  });

  it('is not handed over when an earlier run has come further', async () => {
    const { ledger, send } = await frozenIssue(9);
    const before = [witnessOf(send, { reached: 6 })];
    const handover = await Handover.begin(ledger.deliveries, send, options(witnesses(), { before }));
    await expect(handover.admit([claimOf(5, 1)])).rejects.toThrow(OLDER);
    const again = await Handover.begin(ledger.deliveries, send, options(witnesses(), { before }));
    await again.admit([claimOf(6, 1)]);
  });

  it('are compared regularly with the latest claim', async () => {
    const { ledger, send, file } = await frozenIssue(9);
    const handover = await Handover.begin(ledger.deliveries, send, undefined);
    const request = { worker: 'a:1', limit: 1, leaseUntil: 5_000 };
    await handover.admit(await ledger.deliveries.exchange(send.id, 1, [], request));
    await handover.verify();
    const other = new Libsql(file);
    other.exec('update delivery set attempt = 0');
    other.close();
    await expect(handover.verify()).rejects.toThrow(OLDER);
  });

  it('are refused if the send was replaced', async () => {
    const { ledger, send } = await frozenIssue(9);
    await expect(Handover.begin(ledger.deliveries, { ...send, createdAt: 7 }, undefined)).rejects.toThrow(
      OLDER,
    );
  });
});

describe('a witness', () => {
  it('record the progress before a message is handed over', async () => {
    const { ledger, send } = await frozenIssue(9);
    const store = witnesses();
    const handover = await Handover.begin(ledger.deliveries, send, options(store));
    await handover.admit([claimOf(0, 1), claimOf(1, 1)]);
    await handover.admit([claimOf(0, 2)]);
    expect(await store.read(3)).toEqual([
      witnessOf(send, { reached: 2, handedOver: 2, last: [0, 2], at: 5_000 }),
    ]);
  });

  it('of another ledger keeps the issue from going out from two', async () => {
    const [one, two] = [await frozenIssue(9), await frozenIssue(9)];
    const store = witnesses();
    await (await Handover.begin(one.ledger.deliveries, one.send, options(store))).admit([claimOf(0, 1)]);
    const other = { ...two.send, audienceDigest: 'b' };
    const handover = await Handover.begin(
      two.ledger.deliveries,
      other,
      options(store, { worker: 'elsewhere:2:b' }),
    );
    Object.assign(handover, { send: other });
    await expect(handover.admit([claimOf(0, 1)])).rejects.toThrow(/is also being sent from another ledger/);
  });
});
