import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { obn, spawnObn } from '../support/cli.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';

const READERS = 50_000;
const SEND = ['send', '1', '--transport', 'ses', '--yes', '--json', '--limit', '7'];

it('a freeze of 50,000 that is killed again and again leaves nothing behind, and the next one is whole', async () => {
  const ses = await startSesEndpoint();
  const { root, path } = makeNewsletter({}, { readers: READERS });
  // How much of the freeze is in the write-ahead log when the process is killed.
  for (const bytes of [1, 4_000_000, 9_000_000]) {
    const { child, result } = spawnObn(root, SEND, { env: ses.env });
    let isOver = false;
    void result.finally(() => {
      isOver = true;
    });
    while (!isOver && sizeOf(path('.obn/ledger.db-wal')) < bytes) await sleep(1);
    child.kill('SIGKILL');
    await result;
    const { json } = await obn(root, ['status', '1', '--json']);
    expect(json()).toMatchObject({ state: 'unsent' });
  }
  expect(ses.messages).toHaveLength(0);
  const end = await obn(root, SEND, { env: ses.env });
  expect([end.code, end.json()]).toMatchObject([4, { deliveries: { accepted: 7, queued: READERS - 7 } }]);
  expect(new Set(ses.messages.map(({ to }) => to)).size).toBe(7);
});

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
