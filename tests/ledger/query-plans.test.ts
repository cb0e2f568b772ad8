import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { openSqlite } from '../../src/ledger/sqlite/open.js';
import {
  ABANDON,
  CLAIM,
  DOUBT,
  HOLDERS,
  LEFT,
  LEFT_ON_LIST,
  NEXT,
  NEXT_DUE,
  SETTLE,
  WITHDRAW,
} from '../../src/ledger/sqlite/statements.js';
import { makeNewsletter } from '../support/newsletter.js';

/** What runs again and again while a send goes on. */
const HOT = { ABANDON, CLAIM, DOUBT, HOLDERS, LEFT, LEFT_ON_LIST, NEXT, NEXT_DUE, SETTLE, WITHDRAW };

it.each(Object.entries(HOT))('%s never walks past all of a send', async (_name, text) => {
  const file = join(makeNewsletter().root, 'ledger.db');
  await (await openSqlite(file)).close();
  const database = new Libsql(file);
  onTestFinished(() => {
    database.close();
  });
  const values = Array.from({ length: text.split('?').length - 1 }, () => '1');
  const steps = database.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[];
  const ways = steps.map(({ detail }) => detail).filter((detail) => detail.includes(' delivery '));
  expect(ways.length).toBeGreaterThan(0);
  for (const way of ways) expect(way).toMatch(/^SEARCH delivery USING .*\(send=\? AND /);
});
