import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FrozenRecipient } from '../../src/ledger/delivery.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { Channel, FreezeHeader } from '../../src/ledger/send.js';
import { openSqlite } from '../../src/ledger/sqlite/open.js';
import { message } from '../message/messages.js';

/** A ledger in a file of its own, which is closed and removed after the test. */
export async function emptyLedger(): Promise<{ ledger: Ledger; file: string; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'obn-frozen-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'ledger.db');
  const ledger = await openSqlite(file);
  onTestFinished(() => ledger.close());
  return { ledger, file, folder };
}

async function* recipients(count: number): AsyncGenerator<FrozenRecipient[]> {
  for (let index = 0; index < count; index++) {
    const key = `r${index}@example.com`;
    yield [{ key, address: key, name: '', reference: `ref${index}`, fields: {} }];
  }
}

/** Freezes an issue for r0@example.com and so on. */
export async function freezeIssue(
  ledger: Ledger,
  count: number,
  {
    issue = 3,
    channel = 'live',
    now = 1_000,
  }: Partial<Pick<FreezeHeader, 'issue' | 'now'>> & { channel?: Channel } = {},
) {
  const header = { issue, channel, transport: 'ses', message: message(), digest: 'd', now } as const;
  const audience = { listed: count, eligible: count, excluded: {} };
  const { send } = await ledger.deliveries.freeze(header, recipients(count), () => ({
    audience,
    audienceDigest: 'a',
  }));
  return send;
}

/** A ledger in which issue 3 is frozen for so many readers and has not begun. */
export async function frozenIssue(count: number) {
  const found = await emptyLedger();
  return { ...found, send: await freezeIssue(found.ledger, count) };
}
