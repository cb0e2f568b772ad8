import { expect, it } from 'vitest';
import { obn, spawnObn } from '../support/cli.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';

const SEND = ['send', '1', '--transport', 'smtp', '--yes', '--json'];

it('reports once the deliveries that a dead run left in doubt', async () => {
  const smtp = await startSmtpEndpoint();
  const { root, read } = makeNewsletter({}, { readers: 3 });
  let waiting = 0;
  const all = new Promise<void>((resolve) => {
    smtp.fault(({ stage }) => {
      if (stage !== 'end') return undefined;
      waiting += 1;
      if (waiting === 3) resolve();
      return 'hang';
    });
  });
  const { child, result } = spawnObn(root, SEND, { env: smtp.env });
  await all;
  child.kill('SIGKILL');
  await result;
  const found = await obn(root, SEND, { env: smtp.env });
  expect(found.json()).toMatchObject({ state: 'partial', deliveries: { unknown: 3 } });
  expect(found.stderr).toMatch(/In flight when an earlier run ended: 3 messages, now unknown/);
  expect(found.code).toBe(1);
  expect(read('.obn/reports/001.csv').match(/,unknown,/g)).toHaveLength(3);
  expect((await obn(root, SEND, { env: smtp.env })).code).toBe(0);
});
