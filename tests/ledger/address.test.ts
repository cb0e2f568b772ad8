import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ledgerFile, openLedger } from '../../src/ledger/table.js';
import { exists } from '../../src/platform/files.js';
import { makeNewsletter } from '../support/newsletter.js';

describe('the address of a ledger', () => {
  it.each(['sqlite:ledger.db', 'SQLite:ledger.db'])('may have capitals in its scheme: %s', async (url) => {
    const { root } = makeNewsletter({});
    const file = join(root, 'ledger.db');
    expect(ledgerFile(url, root)).toBe(file);
    const ledger = await openLedger(url, root, { create: true });
    await ledger.close();
    expect(exists(file)).toBe(true);
  });

  it.each(['Postgres://localhost', 'POSTGRESQL://localhost'])('may be that of a server: %s', async (url) => {
    await expect(openLedger(url, '/', { create: false })).rejects.toThrow('has no database');
  });
});
