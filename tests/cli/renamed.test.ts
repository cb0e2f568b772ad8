import { expect, it } from 'vitest';
import { openNewsletter } from '../../src/config/load.js';
import { UnsubscribeTokens } from '../../src/message/token.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { SECRET } from '../support/secret.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';

const SEND = ['--transport', 'ses', '--yes', '--json'];
const ID = 'test-weekly.weekly.example.com';
const WHO = 'grace@example.org';
const headersOf = (raw: Buffer) => raw.toString('latin1').replaceAll(/\r\n[ \t]+/g, ' ');
const tokenIn = (raw: Buffer) => /^List-Unsubscribe: <.*token=(\S+)>\r?$/m.exec(headersOf(raw))?.[1] ?? '';

it('a newsletter that pins its id keeps its list, ledger and links when name and site change', async () => {
  const ses = await startSesEndpoint();
  const { root, read, write } = makeNewsletter();
  const env = ses.env;
  const list = read('subscribers.csv');
  expect((await obn(root, ['send', '1', ...SEND, '--limit', '1'], { env })).code).toBe(4);
  expect((await obn(root, ['subscribers', 'forget', WHO, '--yes'])).code).toBe(0);
  write('subscribers.csv', list);
  const renamed = read('obn.yaml')
    .replace('name: Test Weekly', 'name: The Daily')
    .replace('url: https://weekly.example.com\n', 'url: https://daily.example.org\n');
  write('obn.yaml', renamed);

  const rest = await obn(root, ['send', '1', ...SEND], { env });
  expect([rest.code, rest.json()]).toMatchObject([0, { state: 'sent' }]);
  const next = await obn(root, ['send', '2', ...SEND], { env });
  expect([next.code, next.json()]).toMatchObject([
    0,
    { audience: { eligible: 4, excluded: { unsubscribed: 1 } } },
  ]);
  expect(ses.messages.map(({ to }) => to)).not.toContain(WHO);
  const names = new Set(ses.messages.map(({ raw }) => /^List-Id: .*$/m.exec(headersOf(raw))?.[0].trim()));
  expect([...names]).toEqual([`List-Id: "Test Weekly" <${ID}>`, `List-Id: "The Daily" <${ID}>`]);
  const { config } = await openNewsletter(root, { ...env, OBN_SECRET: SECRET, SMTP_URL: 'smtp://127.0.0.1' });
  const tokens = new UnsubscribeTokens(SECRET, config.newsletter.id);
  for (const { raw, to } of ses.messages) expect(tokens.verify(tokenIn(raw))).toBe(to);
});

it('another id is refused, with the line that brings the old one back', async () => {
  const ses = await startSesEndpoint();
  const { root, read, write } = makeNewsletter();
  await obn(root, ['send', '1', ...SEND, '--limit', '1'], { env: ses.env });
  write('obn.yaml', read('obn.yaml').replace(`id: ${ID}`, 'id: daily.example.org'));
  const refused = await obn(root, ['send', '1', ...SEND], { env: ses.env });
  expect([refused.code, ses.messages.length]).toEqual([3, 1]);
  expect(refused.stderr).toContain(`newsletter.id: ${ID}`);
});
