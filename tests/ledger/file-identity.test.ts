import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { requireLocalDisk } from '../../src/ledger/sqlite/local-disk.js';
import { openSqlite } from '../../src/ledger/sqlite/open.js';
import { networkFileSystem } from '../../src/platform/file-identity.js';
import { claimFor, HEADER, recipients, result } from '../contracts/ledgers.js';

const accepted = { sequence: 0, attempt: 1, state: 'accepted', messageId: 'm' } as const;

/** A ledger with one delivery in flight. */
async function inFlight() {
  const folder = mkdtempSync(join(tmpdir(), 'obn-identity-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'new', 'ledger.db');
  const ledger = await openSqlite(file);
  const { send } = await ledger.deliveries.freeze(HEADER, recipients(20), result(20));
  const settle = (limit = 0) =>
    ledger.deliveries.exchange(send.id, 2_000, [accepted], claimFor('a:1', limit));
  // Moves what is in the log into the file.
  await (await openSqlite(file)).close();
  await ledger.deliveries.exchange(send.id, 1_000, [], claimFor('a:1', 1));
  return { folder, file, ledger, send, settle };
}

/** Puts a copy in the place of a file, as tools do that restore one. */
function replace(file: string): void {
  copyFileSync(file, `${file}.copy`);
  renameSync(`${file}.copy`, file);
}

describe('a SQLite ledger in use', () => {
  it.each<[string, (file: string) => void, RegExp]>([
    ['was removed', (file) => rmSync(file), /was removed or renamed/],
    ['was renamed', (file) => renameSync(file, `${file}.old`), /was removed or renamed/],
    ['was removed with its folder', (file) => rmSync(join(file, '..'), { recursive: true }), /was removed/],
    ['was replaced', replace, /was replaced by another file/],
    ['was emptied', (file) => truncateSync(file, 0), /was truncated/],
    ['was cut short', (file) => truncateSync(file, statSync(file).size - 4_096), /was truncated/],
    ['lost its log', (file) => rmSync(`${file}-wal`), /lost its -wal file/],
    ['has another log', (file) => replace(`${file}-wal`), /its -wal file replaced/],
  ])('records nothing more when it %s', async (_what, damage, message) => {
    const { file, ledger, settle } = await inFlight();
    // What is in the log alone is not in the file yet.
    await settle();
    damage(file);
    await expect(settle(1)).rejects.toThrow(message);
    await expect(settle(1)).rejects.toThrow(message);
    await expect(ledger.close()).rejects.toThrow(message);
  });

  it('reports lost writes on close', async () => {
    const { file, ledger, settle } = await inFlight();
    await settle();
    rmSync(file);
    await expect(ledger.close()).rejects.toThrow(/was removed or renamed/);
  });

  it('continues when another process shortens the file by erasing a person', async () => {
    const { file, ledger, send, settle } = await inFlight();
    const other = await openSqlite(file);
    for (let round = 0; round < 3; round++)
      await other.readers.suppress(`x${round}@example.com`, 'bounced', 'test', 1);
    await other.readers.forget('r9@example.com', 'hash:1', 2_000);
    await other.close();
    await settle();
    expect(await ledger.deliveries.counts(send.id)).toMatchObject({ accepted: 1 });
    await ledger.close();
  });

  it('is still found through a link', async () => {
    const { folder, file, ledger } = await inFlight();
    await ledger.close();
    const { symlinkSync } = await import('node:fs');
    symlinkSync(file, join(folder, 'link.db'));
    const linked = await openSqlite(join(folder, 'link.db'));
    await linked.readers.suppress('a@example.com', 'bounced', 'test', 1);
    await linked.readers.suppress('b@example.com', 'bounced', 'test', 1);
    await linked.close();
  });
});

describe('opening a SQLite ledger', () => {
  it.each(['removed', 'emptied'])(
    'refuses one that was %s beside its log, which SQLite would drop',
    async (how) => {
      const { file, settle } = await inFlight();
      await settle();
      copyFileSync(`${file}-wal`, `${file}.log`);
      if (how === 'removed') rmSync(file);
      else truncateSync(file, 0);
      await expect(openSqlite(file)).rejects.toThrow(/missing or empty, but its log .*-wal exists/);
    },
  );

  it('refuses a damaged one in words', async () => {
    const { file, ledger } = await inFlight();
    await ledger.close();
    truncateSync(file, 8_192);
    await expect(openSqlite(file)).rejects.toThrow(/is damaged: its end is missing/);
  });

  it('makes a file that only its owner may read, and its log and folder, too', async () => {
    const before = process.umask(0);
    onTestFinished(() => {
      process.umask(before);
    });
    const { file, ledger, settle } = await inFlight();
    await settle();
    for (const path of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
    await ledger.close();
  });

  it('keeps the mode of an existing ledger', async () => {
    const { file, ledger } = await inFlight();
    await ledger.close();
    chmodSync(file, 0o640);
    await (await openSqlite(file)).close();
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('refuses a network file system', () => {
    expect(() => requireLocalDisk('/mnt/share/ledger.db', () => 'NFS')).toThrow(
      /network file system \(NFS\)/,
    );
    expect(() => requireLocalDisk('/srv/ledger.db', () => undefined)).not.toThrow();
  });
});

it.skipIf(process.platform !== 'linux')(
  'tells network file systems from local ones, also before a folder is made',
  () => {
    expect(networkFileSystem('/x', () => ({ type: 0x6969 }))).toBe('NFS');
    expect(networkFileSystem('/x', () => ({ type: 0xff534d42 | 0 }))).toBe('CIFS');
    expect(networkFileSystem('/x', () => ({ type: 0xef53 }))).toBeUndefined();
    const folder = mkdtempSync(join(tmpdir(), 'obn-identity-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'file'), '');
    const ask = (path: string) => {
      if (path !== folder) throw new Error('ENOENT');
      return { type: 0x6969 };
    };
    expect(networkFileSystem(join(folder, 'to', 'come'), ask)).toBe('NFS');
  },
);
