import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { workerName } from '../../src/platform/process.js';
import { obn } from '../support/cli.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';

const S = 'subscribers';
const WHO = 'ada@example.com';

/** Every file of a folder that names somebody, in whatever case. */
function naming(root: string, text: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path, 'latin1').toLowerCase().includes(text))
    .map((path) => path.slice(root.length + 1));
}

it('leaves nothing of a person behind but a keyed hash', async () => {
  const ses = await startSesEndpoint();
  ses.fault(({ to, operation }) =>
    operation === 'SendEmail' && to === WHO
      ? { status: 400, type: 'MessageRejected', message: `Address ${to} is odd` }
      : undefined,
  );
  const { root, read, write, path } = makeNewsletter();
  const list = read('subscribers.csv');
  await obn(root, ['send', '1']);
  await obn(root, ['send', '1', '--transport', 'ses', '--yes'], { env: ses.env });
  write('.obn/backups/subscribers-1.csv', list);
  write('.obn/render/001/message.eml', `To: <${WHO}>\n`);
  expect(naming(path('.obn'), WHO)).toEqual(
    expect.arrayContaining(['ledger.db', 'reports/001.csv', `outbox/001/${WHO}.eml`]),
  );
  const forgotten = await obn(root, [S, 'forget', 'Ada@example.com', '--yes', '--json']);
  expect(forgotten.json()).toEqual({
    ...{ list: 1, deliveries: 2, left: ['.obn/render/001/message.eml'] },
    files: ['.obn/backups/subscribers-1.csv', '.obn/reports/001.csv', `.obn/outbox/001/${WHO}.eml`],
  });
  expect(naming(root, WHO)).toEqual(['.obn/render/001/message.eml']);
  const others = list.replace(/^ada.*\n/m, '');
  expect([read('subscribers.csv'), read('.obn/backups/subscribers-1.csv')]).toEqual([others, others]);
  const status = await obn(root, ['status', '1', '--json']);
  expect(status.json()).toMatchObject({ deliveries: { accepted: 4, rejected: 1 } });
});

it('erases a person from refused rows, files of killed runs and an older ledger', async () => {
  const { root, read, write, path } = makeNewsletter();
  const rows = `Email Address,LEID\n${WHO},1,surplus\nAda <${WHO}>,2\nb${WHO},3,surplus\n`;
  write('members.csv', rows);
  await obn(root, [S, 'import', 'members.csv', '--yes']);
  const [report = ''] = readdirSync(path('.obn/reports'));
  const killed = spawnSync(process.execPath, ['-p', 'process.pid']).stdout.toString().trim();
  const place = workerName().split(':').at(-1);
  const dead = [`.obn/cache/import-${killed}-${place}.db`, '.subscribers.csv.0123456789ab.tmp'];
  const alive = `.obn/cache/import-${process.pid}-${place}.csv`;
  for (const file of [...dead, alive, '.obn/older.db']) write(file, `email\n${WHO}\n`);
  const forgotten = await obn(root, [S, 'forget', WHO, '--yes', '--json']);
  expect(forgotten.json()).toMatchObject({
    files: [...dead, `.obn/reports/${report}`],
    left: [alive, '.obn/older.db'],
  });
  expect(read(`.obn/reports/${report}`).split('\n')).toEqual([
    'obn_line,obn_reason,obn_detail,Email Address,LEID',
    expect.stringMatching(/,bada@example\.com,3,surplus$/),
    '',
  ]);
});

it('never mails a forgotten reader again, even if listed again', async () => {
  const { root, read, write } = makeNewsletter();
  const list = read('subscribers.csv');
  expect((await obn(root, [S, 'forget', WHO])).code).toBe(2);
  await obn(root, [S, 'forget', WHO, '--yes']);
  write('subscribers.csv', list);
  const plan = await obn(root, ['send', '2', '--dry-run', '--json']);
  expect(plan.json()).toMatchObject({ audience: { eligible: 4, excluded: { unsubscribed: 1 } } });
  const copied = await obn(root, [S, 'import', 'subscribers.csv', '--list', 'new.csv', '--yes', '--json']);
  expect(copied.json()).toMatchObject({ counts: { new: 4, left: 1 } });
  expect(read('new.csv')).not.toContain(WHO);
  const other = await obn(root, ['send', '2', '--dry-run'], { env: { OBN_SECRET: 'another' } });
  expect(other.stderr).toMatch(/1 forgotten reader cannot be recognized/);
  expect((await obn(root, [S, 'suppress', WHO, '--lift'])).stdout).toMatch(/may be mailed again/);
});

it('needs the secret that the hash is made with', async () => {
  const { root } = makeNewsletter();
  const refused = await obn(root, [S, 'forget', WHO, '--yes'], { env: { OBN_SECRET: undefined } });
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringMatching(/OBN_SECRET is not set/)]);
  const without = makeNewsletter({}, { config: { unsubscribe: null } });
  const missing = await obn(without.root, [S, 'forget', WHO, '--yes']);
  expect([missing.code, missing.stderr]).toEqual([
    3,
    expect.stringMatching(/unsubscribe\.secret is missing/),
  ]);
  expect(without.read('subscribers.csv')).toContain(WHO);
});
