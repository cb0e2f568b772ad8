import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { spawnObn } from '../support/cli.js';
import { obn } from '../support/cli-here.js';
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

/** Opens the printed address as a browser does. */
async function enter(text: string) {
  const printed = new URL(/http:[^"\s]+/.exec(text)?.[0] ?? '');
  const answer = await fetch(printed, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(new URL(answer.headers.get('location') ?? '', printed), { headers: { cookie } });
  const token = /obn-token" content="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  return { url: `${printed.origin}/`, page, headers: { cookie, 'x-obn-token': token } };
}

/** A server that listens and says nothing. */
async function silentServer(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

it('prints its address, serves this machine alone, and ends at Ctrl-C', async () => {
  const { root } = makeNewsletter();
  const { child, result, texts } = await start(root, ['2', '--port', '0']);
  expect(texts.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?issue=2&key=[\w-]{43}\n$/);
  const { url, page } = await enter(texts.stdout);
  expect([page.status, page.url]).toEqual([200, `${url}?issue=2`]);
  child.kill('SIGINT');
  const { code, stderr } = await result;
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/Press Ctrl-C to stop[\s\S]*Stopped the preview/),
  ]);
  await expect(fetch(url)).rejects.toThrow();
});

it('lets in only a browser that opens a printed address, and prints another one for the next browser', async () => {
  const { root } = makeNewsletter();
  const { texts } = await start(root, ['1', '--port', '0']);
  const { url } = await enter(texts.stdout);
  for (const path of ['', 'api/readers', 'source/1/message.eml?reader=ada@example.com', 'events']) {
    const answer = await fetch(`${url}${path}`);
    expect([answer.status, await answer.text()]).toEqual([
      401,
      expect.stringMatching(/no access to the preview/),
    ]);
  }
  await expect.poll(() => texts.stderr).toMatch(/To open the preview in another browser: http\S+key=/);
  const next = /another browser: (\S+)/.exec(texts.stderr)?.[1] ?? '';
  expect(texts.stdout).not.toContain(next);
  expect((await enter(next)).page.status).toBe(200);
});

it('reads input in pieces, and handles no input', async () => {
  const { root } = makeNewsletter();
  const { texts } = await start(root, ['1', '--port', '0']);
  const { url, headers } = await enter(texts.stdout);
  const post = async (body: string | undefined) => {
    const pieces = body === undefined ? null : new Blob([body]).stream();
    const init = { method: 'POST', headers, body: pieces, duplex: 'half' };
    const answer = await fetch(`${url}api/issues/1/test`, init as RequestInit);
    return [answer.status, typeof ((await answer.json()) as { error?: unknown }).error];
  };
  expect(await post(JSON.stringify({ address: 'nobody' }))).toEqual([422, 'string']);
  expect(await post('x'.repeat(9_000))).toEqual([413, 'string']);
  expect(await post(undefined)).toEqual([422, 'string']);
});

it('ends on Ctrl-C while a test copy waits for a silent server', async () => {
  const { server: silent, port } = await silentServer();
  const { root } = makeNewsletter({}, { config: { send: { transport: 'smtp' } } });
  const { child, result } = spawnObn(root, ['preview', '1', '--port', '0', '--json'], {
    env: { SMTP_URL: `smtp://127.0.0.1:${port}?greetingTimeout=300000` },
    timeoutMs: 50_000,
  });
  let text = '';
  child.stdout?.on('data', (piece) => {
    text += piece;
  });
  await expect.poll(() => text, { timeout: 20_000 }).toContain('http://');
  const { url, headers } = await enter(text);
  const body = JSON.stringify({ address: 'me@example.com' });
  const connected = once(silent, 'connection');
  const answer = fetch(`${url}api/issues/1/test`, { method: 'POST', headers, body });
  answer.catch(() => undefined);
  await connected;
  child.kill('SIGINT');
  expect((await result).code).toBe(0);
});

it('uses the next port if the requested one is in use, and says so', async () => {
  const { port } = await silentServer();
  const { root } = makeNewsletter();
  const { child, texts } = await start(root, ['--port', String(port)]);
  const got = Number(/127\.0\.0\.1:(\d+)/.exec(texts.stdout)?.[1]);
  expect(got).toBeGreaterThan(port);
  await expect.poll(() => texts.stderr).toContain(`Port ${port} is in use; using ${got}.`);
  child.kill();
});

it.each([
  ['a port that is none', ['--port', '70000'], 2, /--port takes a port number/],
  ['an issue that does not exist', ['99'], 2, /there is no issue 99/],
  ['a file that is not in issues/', ['obn.yaml'], 2, /obn\.yaml is not in the issues folder/],
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

it('shows issues with an unreadable ledger, and says what is wrong', async () => {
  const { root } = makeNewsletter({}, { config: { ledger: `\${NO_LEDGER}` } });
  const { child, texts } = await start(root, ['--port', '0']);
  const { url, headers } = await enter(texts.stdout);
  const answer = await (await fetch(`${url}api/newsletter`, { headers })).json();
  expect(answer).not.toHaveProperty('broken');
  expect(answer).toMatchObject({
    issues: [{ number: 2, state: 'unsent' }, { number: 1 }],
    trouble: { findings: [{ message: 'the environment variable NO_LEDGER is not set' }] },
  });
  child.kill();
});

it('needs an obn.yaml that can be read', async () => {
  const { root } = makeNewsletter({ 'obn.yaml': 'newsletter: {}\n' });
  const { code, stderr } = await obn(root, ['preview']);
  expect([code, stderr]).toEqual([3, expect.stringMatching(/obn\.yaml:1/)]);
});
