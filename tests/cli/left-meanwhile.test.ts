import { expect, it, vi } from 'vitest';
import { spawnObn } from '../support/cli.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';

const COUNT = 60;
const LAST = `reader${COUNT}@example.com`;
const SEND = ['send', '1', '--transport', 'ses', '--yes', '--json'];

it('skips a reader who unsubscribed during a send, with the reason', async () => {
  const ses = await startSesEndpoint({ account: { maxSendRate: 8 } });
  const { root } = makeNewsletter({}, { readers: COUNT });
  const { result } = spawnObn(root, SEND, { env: ses.env });
  await vi.waitFor(() => expect(ses.messages.length).toBeGreaterThan(2), { timeout: 30_000 });
  const left = await obn(root, ['subscribers', 'suppress', LAST]);
  expect(left.stdout).toMatch(/will not be mailed again/);
  expect(ses.messages.length).toBeLessThan(COUNT - 1);
  const audience = { listed: COUNT, eligible: COUNT - 1, excluded: { unsubscribed: 1 } };
  expect((await result).json()).toMatchObject({
    ...{ state: 'sent', audience: { ...audience, withdrawn: { unsubscribed: 1 } } },
    deliveries: { accepted: COUNT - 1, queued: 0 },
  });
  expect(ses.messages.map(({ to }) => to)).not.toContain(LAST);
  const status = await obn(root, ['status', '1']);
  expect(status.stdout).toMatch(/1 +unsubscribed since it was frozen/);
  const next = await obn(root, ['send', '2', '--dry-run', '--json']);
  expect(next.json()).toMatchObject({ audience });
});
