import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { obn, spawnObn } from '../support/cli.js';
import { makeNewsletter } from '../support/newsletter.js';

/** Starts a preview, and waits for what it says of itself. */
async function start(root: string, args: readonly string[]) {
  const { child, result } = spawnObn(root, ['preview', ...args]);
  const texts = { stdout: '', stderr: '' };
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (text) => {
      texts.stdout += text;
      if (texts.stdout.includes('http://')) resolve();
    });
    child.stderr?.on('data', (text) => {
      texts.stderr += text;
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${texts.stderr}`)));
  });
  return { child, result, texts };
}

async function takePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

it('prints its address, serves this machine alone, and ends at Ctrl-C', async () => {
  const { root } = makeNewsletter();
  const { child, result, texts } = await start(root, ['2', '--port', '0']);
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\/\?issue=2/.exec(texts.stdout) ?? [];
  expect((await fetch(url)).status).toBe(200);
  child.kill('SIGINT');
  const { code, stderr } = await result;
  expect([code, stderr]).toEqual([0, expect.stringMatching(/Ctrl-C ends it[\s\S]*The preview has ended/)]);
  await expect(fetch(url)).rejects.toThrow();
});

it('takes the next port when another program has the wanted one, and says so', async () => {
  const port = await takePort();
  const { root } = makeNewsletter();
  const { child, texts } = await start(root, ['--port', String(port)]);
  const got = Number(/127\.0\.0\.1:(\d+)/.exec(texts.stdout)?.[1]);
  expect(got).toBeGreaterThan(port);
  await expect.poll(() => texts.stderr).toContain(`Another program has port ${port}; this is on ${got}.`);
  child.kill();
});

it.each([
  ['a port that is none', ['--port', '70000'], 2, /--port takes the number of a port/],
  ['an issue that does not exist', ['99'], 2, /there is no issue 99/],
  [
    'a browser that is not there',
    ['1', '--screenshots', 'out'],
    3,
    /there is no browser[\s\S]*CHROME_PATH|does not start/,
  ],
] as const)('refuses %s', async (_, args, code, words) => {
  const { root } = makeNewsletter();
  const env = { CHROME_PATH: '/nowhere/chromium' };
  const refused = await obn(root, ['preview', ...args], { env });
  expect(refused.code).toBe(code);
  expect(refused.stderr).toMatch(words);
});

it('needs an obn.yaml that can be read', async () => {
  const { root } = makeNewsletter({ 'obn.yaml': 'newsletter: {}\n' });
  const { code, stderr } = await obn(root, ['preview']);
  expect([code, stderr]).toEqual([3, expect.stringMatching(/obn\.yaml:1/)]);
});
