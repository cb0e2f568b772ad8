import { expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startScriptedSmtp } from '../support/scripted-smtp.js';

it('pauses when a server closes the connection after every text, whatever the reason it gives', async () => {
  const write = '421 4.7.0 Too many messages, try again later\r\n';
  const { url, handedOver } = await startScriptedSmtp(() => ({ write, close: true }));
  const { root } = makeNewsletter({}, { readers: 6 });
  const args = ['send', '1', '--transport', 'smtp', '--yes', '--json'];
  const { code, stderr, json } = await obn(root, args, { env: { SMTP_URL: url }, timeoutMs: 60_000 });
  expect(stderr).toMatch(/^Paused: \d+ deferred in a row, the last one: 421: 421 4\.7\.0 Too many messages/m);
  expect(code).toBe(4);
  expect(json()).toMatchObject({ state: 'paused', deliveries: { queued: 6, rejected: 0, unknown: 0 } });
  expect(handedOver.length).toBeLessThan(30);
});
