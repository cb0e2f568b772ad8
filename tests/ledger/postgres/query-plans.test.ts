import { afterAll, beforeAll, expect, it } from 'vitest';
import * as sql from '../../../src/ledger/postgres/statements.js';
import { openLedger } from '../../../src/ledger/table.js';
import { HEADER, recipients, result } from '../../contracts/ledgers.js';
import { PostgresServer } from '../../support/postgres/server.js';

const COUNT = 20_000;

type Call = readonly [text: string, values: string];

/** What runs again and again while a send goes on, with values as they are handed in. */
const HOT: Readonly<Record<string, Call>> = {
  EXCHANGE: [
    sql.EXCHANGE,
    `1, 9, '[{"sequence":1,"attempt":1,"state":"accepted"}]', 'w', 50, 99, 7, '{1,2}'`,
  ],
  JOIN: [sql.JOIN, `1, 'w', 9, 5000, 0, '{1}'`],
  HOLDERS: [sql.HOLDERS, '1'],
  ABANDON: [sql.ABANDON, `1, 9, '{w}'`],
  FAILURES: [sql.FAILURES, '1, -1, 500'],
};

/** What reads the queue, which may be all of a send, and is short when they run. */
const QUEUE: Readonly<Record<string, Call>> = {
  NEXT_DUE: [sql.NEXT_DUE, '1'],
  WITHDRAW: [sql.WITHDRAW, '1'],
  DOUBT: [sql.DOUBT, '1'],
};

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await PostgresServer.start();
  url = await server.createDatabase();
  const ledger = await openLedger(url, '/', { create: true });
  const { send } = await ledger.deliveries.freeze(HEADER, recipients(COUNT), result(COUNT));
  expect(send.id).toBe(1);
  await ledger.close();
});
afterAll(() => server.remove());

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Node[];
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The statement is planned as it is after some calls: once, for whatever values. */
async function planOf([text, values]: Call): Promise<Node[]> {
  const statements = `set plan_cache_mode = force_generic_plan; prepare hot as ${text}`;
  const rows = await server.askInTurn<{ 'QUERY PLAN': [{ Plan: Node }] }>(url, [
    statements,
    `explain (format json) execute hot (${values})`,
  ]);
  return nodesOf((rows[0] as { 'QUERY PLAN': [{ Plan: Node }] })['QUERY PLAN'][0].Plan);
}

async function expectShort(calls: Readonly<Record<string, Call>>): Promise<void> {
  for (const [name, call] of Object.entries(calls)) {
    const nodes = (await planOf(call)).filter((node) => node['Relation Name'] === 'delivery');
    const ways = nodes.filter((node) => node['Node Type'] !== 'ModifyTable');
    expect(ways.length, name).toBeGreaterThan(0);
    for (const way of ways)
      expect(way['Node Type'], `${name} ${JSON.stringify(way)}`).toMatch(/Index|Bitmap Heap/);
  }
  const used = (await planOf(HOT.EXCHANGE as Call)).map((node) => node['Index Name']);
  expect(used).toContain('delivery_queued');
}

it('no hot statement walks past all of a send, whatever the server knows of it', async () => {
  await expectShort(HOT);
  const sent = `update obn.delivery set attempt = 1,
    state = case when sequence % 100 = 0 then 'rejected' else 'accepted' end where sequence < ${COUNT - 100}`;
  await server.ask(url, sent);
  await expectShort(HOT);
  await server.ask(url, 'analyze obn.delivery');
  await expectShort({ ...HOT, ...QUEUE });
});
