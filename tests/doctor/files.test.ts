import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { healthyWorld, visit } from './world.js';

it.skipIf(process.platform === 'win32')(
  'reports files of obn that others can read, with the chmod command',
  async () => {
    const world = await healthyWorld({ ledger: 'sqlite:data/ledger.db', outbox: { dir: 'out' } });
    const { root, path } = world.newsletter;
    const ledgerFile = () => path('data/ledger.db');
    const outcome = async () => (await visit(world, { ledgerFile, offline: true })).files;
    chmodSync(root, 0o755);
    for (const folder of ['.obn', 'data', 'out', 'issues/.sent']) mkdirSync(path(folder), { mode: 0o700 });
    writeFileSync(path('data/ledger.db'), '', { mode: 0o644 });
    expect(await outcome()).toMatchObject({ state: 'passed' });
    for (const folder of ['.obn', 'data']) chmodSync(path(folder), 0o755);
    const found = await outcome();
    expect(found).toMatchObject({
      state: 'failed',
      message: 'other users of this machine can read .obn, data/ledger.db',
      remedy: `make them private: chmod -R go-rwx '${path('.obn')}' '${path('data/ledger.db')}'`,
    });
    chmodSync(path('.obn'), 0o700);
    chmodSync(path('data/ledger.db'), 0o600);
    expect(await outcome()).toMatchObject({ state: 'passed' });
  },
);
