import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { obn, spawnObn } from './cli.js';
import { makeNewsletter, READERS } from './newsletter.js';
import { startSesEndpoint } from './ses-endpoint.js';
import { startSmtpEndpoint } from './smtp-endpoint.js';

test('the newsletter has nothing to complain about', async () => {
  const { root } = makeNewsletter();
  const result = await obn(root, ['check', '--strict', '--json']);
  expect(result.json()).toMatchObject({ errors: 0, warnings: 0 });
  expect(result).toMatchObject({ code: 0, signal: null });
});

test('the newsletter goes out through either endpoint', async () => {
  await using ses = await startSesEndpoint();
  await using smtp = await startSmtpEndpoint();
  for (const [transport, env] of [
    ['ses', ses.env],
    ['smtp', smtp.env],
  ] as const) {
    const { root } = makeNewsletter();
    const result = await obn(root, ['send', '1', '--transport', transport, '--yes', '--json'], { env });
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expect(result.json()).toMatchObject({ state: 'sent', deliveries: { accepted: READERS.length } });
  }
  expect(ses.messages.map(({ to }) => to).sort()).toEqual([...READERS].sort());
  expect(smtp.messages.flatMap(({ to }) => to).sort()).toEqual([...READERS].sort());
});

test('files and keys are replaced, added and left out', async () => {
  const files = { 'snippets/note.md': 'Note', 'issues/002-second.yaml': null };
  const newsletter = makeNewsletter(files, { config: { smtp: null, send: { rate: 5 } }, readers: 3 });
  expect(newsletter.read('snippets/note.md')).toBe('Note');
  expect(existsSync(newsletter.path('issues', '002-second.yaml'))).toBe(false);
  expect(newsletter.read('obn.yaml')).toMatch(/send:\n {2}rate: 5/);
  expect(newsletter.read('obn.yaml')).not.toContain('smtp');
  expect(newsletter.read('subscribers.csv').match(/@example\.com/g)).toHaveLength(3);
  newsletter.remove();
  expect(existsSync(newsletter.root)).toBe(false);
});

test('a run can be killed, and is when it takes too long', async () => {
  await using ses = await startSesEndpoint({ fault: () => 'hang' });
  const { root } = makeNewsletter();
  const arguments_ = ['send', '1', '--transport', 'ses', '--yes'];
  const { child, result } = spawnObn(root, arguments_, { env: ses.env });
  while (ses.requests.GetAccount === 0 && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await result).toMatchObject({ code: null, signal: 'SIGKILL' });
  const slow = obn(root, arguments_, { env: ses.env, timeoutMs: 1000 });
  await expect(slow).rejects.toThrow(/took longer than 1000 ms/);
});

test('a run can be sent a signal', async () => {
  await using ses = await startSesEndpoint({ latencyMs: 50 });
  const { root } = makeNewsletter({}, { readers: 500, config: { send: { rate: 20 } } });
  const signalAfter = { signal: 'SIGINT', after: /500 sent/ } as const;
  const result = await obn(root, ['send', '1', '--transport', 'ses', '--yes'], { env: ses.env, signalAfter });
  expect(result, result.stderr).toMatchObject({ code: 4, signal: null });
  expect(ses.messages.length).toBeLessThan(500);
});

test('stdin is no terminal and holds what it is given', async () => {
  await using ses = await startSesEndpoint();
  const { root } = makeNewsletter();
  const asked = await obn(root, ['send', '1', '--transport', 'ses'], { env: ses.env, input: 'y\n' });
  expect(asked.stderr).toContain('--yes');
  expect(asked.code).toBe(2);
});

test('a signal can wait for what is printed', async () => {
  const { root } = makeNewsletter();
  const signalAfter = { signal: 'SIGKILL', after: /The first one/ } as const;
  const result = await obn(root, ['list'], { env: { PATH: undefined }, signalAfter });
  expect(result.stdout).toContain('The first one');
});
