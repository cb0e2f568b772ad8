import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { expect, it } from 'vitest';
import { PLACEHOLDER } from '../../src/config/placeholder.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { freePort, startServe } from '../support/serve.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';

const NEW = 'new@example.com';

/** What `obn init` writes, with what its owner has to decide filled in. */
async function initialized() {
  const { root: folder } = makeNewsletter({ 'obn.yaml': null });
  expect((await obn(folder, ['init', 'news', '--yes', '--name', 'News'])).code).toBe(0);
  const root = join(folder, 'news');
  const port = await freePort();
  const edit = (from: string, to: string) => {
    const text = readFileSync(join(root, 'obn.yaml'), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(root, 'obn.yaml'), text.replace(from, to));
  };
  edit(PLACEHOLDER.unsubscribe, `http://127.0.0.1:${port}/unsubscribe`);
  edit(PLACEHOLDER.address, '1 Example Street, Exampletown');
  edit('transport: outbox', 'transport: smtp');
  edit('# smtp:', 'smtp:');
  const issue = join(root, 'issues/001-hello-world.yaml');
  writeFileSync(issue, readFileSync(issue, 'utf8').replace('draft: true\n', ''));
  return { root, port, edit };
}

it('mails an issue to a confirmed reader with the configuration of `obn init`', async () => {
  const smtp = await startSmtpEndpoint();
  const { root, port } = await initialized();
  const { url, texts } = await startServe({ root }, port, { env: smtp.env });
  const form = new URLSearchParams({ email: NEW });
  expect((await fetch(`${url}/subscribe`, { method: 'POST', body: form })).status).toBe(200);
  await expect.poll(() => smtp.messages.length).toBe(1);
  const { text = '' } = await simpleParser(smtp.messages[0]?.raw ?? '');
  const link = /http:\S+\/confirm\?\S+/.exec(text)?.[0] ?? '';
  expect((await fetch(link, { method: 'POST' })).status).toBe(200);
  expect(texts.stderr).not.toContain('Warning');
  const sent = await obn(root, ['send', '1', '--yes', '--new-ledger'], { env: smtp.env });
  expect([sent.code, sent.stderr]).toEqual([0, expect.anything()]);
  const issues = smtp.messages.filter(({ raw }) => raw.includes('X-Obn-Issue: 1'));
  expect(issues.flatMap(({ to }) => to)).toContain(NEW);
});

it('warns in serve and doctor, with the line to add, if confirmed readers are not mailed', async () => {
  const smtp = await startSmtpEndpoint();
  const { root, port, edit } = await initialized();
  edit('  ledger: true', '  # ledger: true');
  const { url, texts } = await startServe({ root }, port, { env: smtp.env });
  const remedy = /add the line " {2}ledger: true" below "audience:" \(obn\.yaml:\d+\)/;
  await expect.poll(() => texts.stderr).toMatch(remedy);
  expect(texts.stderr).toContain('Warning: readers who sign up and confirm get no email');
  const confirmed = async () => {
    const { stdout } = await obn(root, ['doctor', '--offline', '--json'], { env: smtp.env });
    const { checks } = JSON.parse(stdout) as { checks: { name: string }[] };
    return checks.find(({ name }) => name === 'confirmed');
  };
  expect(await confirmed()).toMatchObject({ state: 'skipped', message: expect.stringMatching(remedy) });
  await fetch(`${url}/subscribe`, { method: 'POST', body: new URLSearchParams({ email: NEW }) });
  await expect.poll(() => smtp.messages.length).toBe(1);
  const { text = '' } = await simpleParser(smtp.messages[0]?.raw ?? '');
  await fetch(/http:\S+\/confirm\?\S+/.exec(text)?.[0] ?? '', { method: 'POST' });
  const failing = { state: 'failed', message: expect.stringMatching(/not mailed: 1$/) };
  expect(await confirmed()).toMatchObject({ ...failing, remedy: expect.stringMatching(remedy) });
  edit('  # ledger: true', '  ledger: true');
  expect(await confirmed()).toMatchObject({ state: 'passed' });
});

it('sends nothing where the list that obn.yaml names is not there, also when the ledger has readers', async () => {
  const smtp = await startSmtpEndpoint();
  const { root, edit } = await initialized();
  rmSync(join(root, 'subscribers.csv'));
  const send = (...args: string[]) =>
    obn(root, ['send', '1', '--yes', '--new-ledger', ...args], { env: smtp.env });
  const refused = await send();
  expect([refused.code, refused.stderr]).toEqual([
    3,
    expect.stringMatching(/list not found: subscribers\.csv[\s\S]*remove audience\.file/),
  ]);
  expect(smtp.messages).toEqual([]);
  expect(existsSync(join(root, 'subscribers.csv'))).toBe(false);
  edit('  file: subscribers.csv # never committed\n', '');
  expect((await send('--dry-run')).stderr).not.toContain('list not found:');
});
