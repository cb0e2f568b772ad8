import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exitCodesDocument } from '../../../scripts/exit-codes-document.js';
import { commandsDocument } from '../../../src/commands/support/commands-document.js';
import { commands } from '../../../src/commands/table.js';
import { EXIT } from '../../../src/findings/error.js';
import { healthyWorld } from '../../doctor/world.js';
import { environment, spawnObn } from '../../support/cli.js';
import { obn } from '../../support/cli-here.js';
import { makeNewsletter, type TestNewsletter } from '../../support/newsletter.js';
import { freePort, startServe } from '../../support/serve.js';
import { startSmtpEndpoint } from '../../support/smtp-endpoint.js';
import { rejects, type Scenario, scenarios } from './scenarios.js';

const PROGRAM = fileURLToPath(new URL('../../../bin/obn.js', import.meta.url));
const document = await commandsDocument(commands);

/** The rows of docs/exit-codes.md. */
const rows = [{ name: 'any', outcomes: document.outcomes }, ...document.commands].flatMap(
  ({ name, outcomes }) =>
    outcomes.map(({ code, when }) => ({ row: `obn ${name} ends with ${code}: ${when}`, name, code, when })),
);

/** A start of obn in which stdin counts as a terminal. */
const TERMINAL = { NODE_OPTIONS: '--import=data:text/javascript,process.stdin.isTTY%3Dtrue' };
const REMOVE = ['subscribers', 'remove', 'ada@example.com'];

/** Presses keys when a command asks its question. @param meanwhile is done before, while the command waits */
async function answered(
  { root }: TestNewsletter,
  args: readonly string[],
  keys: string,
  meanwhile = () => {},
) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: root, env: environment(TERMINAL) });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  await expect.poll(() => stderr).toContain('(y/N)');
  meanwhile();
  child.stdin.write(keys);
  const [code] = await closed;
  return code as number;
}

/** Outcomes that a command line alone does not reach. */
const played: Readonly<Record<string, () => Promise<number | null>>> = {
  'any: you answered no at a question; nothing was changed': () => answered(makeNewsletter(), REMOVE, 'n\r'),
  'any: you pressed Ctrl+C at a question; nothing was changed': () =>
    answered(makeNewsletter(), REMOVE, '\u0003'),
  async 'any: obn has a bug'() {
    const broken = encodeURIComponent("process.stdout.write = () => { throw new TypeError('broken'); }");
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${broken}` };
    return (await spawnObn(makeNewsletter().root, ['list'], { env }).result).code;
  },
  async 'preview: you ended the preview with Ctrl+C, or obn wrote the screenshots'() {
    const { root } = makeNewsletter();
    const { child, result } = spawnObn(root, ['preview', '1', '--port', '0']);
    const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    await fetch(String(line).trim(), { redirect: 'manual' });
    child.kill('SIGINT');
    return (await result).code;
  },
  async 'add: you pressed Ctrl+C; nothing was added'() {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const args = ['add', `http://127.0.0.1:${port}/a`, '--allow-private'];
    const { child, result } = spawnObn(makeNewsletter().root, args);
    const [socket] = (await once(server, 'connection')) as [Socket];
    onTestFinished(() => void socket.destroy());
    child.kill('SIGINT');
    return (await result).code;
  },
  async 'status: some deliveries were rejected or are unknown'() {
    await using smtp = await startSmtpEndpoint({ fault: rejects });
    const { root } = makeNewsletter();
    await obn(root, ['send', '1', '--transport', 'smtp', '--yes', '--limit', '1'], { env: smtp.env });
    return (await obn(root, ['status', '1'])).code;
  },
  'subscribers import: another program changed the list meanwhile; nothing was changed'() {
    const newsletter = makeNewsletter({ 'new.csv': 'email\nx@example.com\n' });
    return answered(newsletter, ['subscribers', 'import', 'new.csv'], 'y\r', () =>
      newsletter.write('subscribers.csv', 'email\nsomebody@example.com\n'),
    );
  },
  async 'subscribers forget: a message to this address is being sent; nothing was changed'() {
    await using smtp = await startSmtpEndpoint({
      fault: ({ stage }) => (stage === 'end' ? 'hang' : undefined),
    });
    const { root } = makeNewsletter({ 'subscribers.csv': 'email\nada@example.com\n' });
    const { child } = spawnObn(root, ['send', '1', '--transport', 'smtp', '--yes'], { env: smtp.env });
    onTestFinished(() => void child.kill('SIGKILL'));
    await expect.poll(() => smtp.stages.end).toBeGreaterThan(0);
    return (await obn(root, ['subscribers', 'forget', 'ada@example.com', '--yes'])).code;
  },
  async 'doctor: no check failed'() {
    const { newsletter, names, env } = await healthyWorld();
    return (await obn(newsletter.root, ['doctor', '--dns', names.address], { env })).code;
  },
  async 'serve: you ended the service with Ctrl+C, or the form was printed'() {
    const newsletter = makeNewsletter();
    expect((await obn(newsletter.root, ['serve', '--form'])).code).toBe(0);
    const { child, result, url } = await startServe(newsletter, await freePort());
    await fetch(`${url}/health`);
    child.kill('SIGINT');
    return (await result).code;
  },
};

async function run({ args, files, config, before = [], env, fault }: Scenario) {
  await using smtp = await startSmtpEndpoint();
  const { root } = makeNewsletter(files, config ? { config } : {});
  const variables = { ...smtp.env, ...env };
  for (const one of before) expect((await obn(root, one, { env: variables })).code, one.join(' ')).toBe(0);
  smtp.fault(fault);
  // Awaited here: the server is closed when this function returns.
  return await obn(root, args, { env: variables });
}

it('docs/exit-codes.md is what the table of commands says (npm run docs writes it)', () => {
  expect(readFileSync('docs/exit-codes.md', 'utf8')).toBe(exitCodesDocument(document));
});

it('every row has a scenario, and every scenario a row', () => {
  const known = Object.entries(scenarios).flatMap(([name, all]) =>
    Object.keys(all).map((when) => `${name}: ${when}`),
  );
  const all = rows.map(({ name, when }) => `${name}: ${when}`);
  expect([...known, ...Object.keys(played)].sort()).toEqual(all.sort());
});

describe.each(rows)('$row', ({ name, code, when }) => {
  const own = scenarios[name]?.[when] ?? [];
  const play = played[`${name}: ${when}`];

  it.each(own.map((one) => [one.args.join(' '), one] as const))('obn %s', async (_, scenario) => {
    const result = await run(scenario);
    expect(result.code, result.stderr).toBe(code);
    // Errors are sentences for people, and never on stdout.
    if (code === EXIT.usage || code === EXIT.configuration) expect(result.stderr).toContain('error: ');
  });

  if (play) it('in a situation of its own', async () => expect(await play()).toBe(code));
});

/** The keys of a shape such as `{ url: string; port?: number }[]`, without those of the shapes in it. */
function keysOf(shape: string): { key: string; optional: boolean }[] {
  let flat = shape.slice(shape.indexOf('{') + 1, shape.lastIndexOf('}'));
  while (/\{[^{}]*\}/.test(flat)) flat = flat.replace(/\{[^{}]*\}/g, 'object');
  return [...flat.matchAll(/(\w+)(\??):/g)].map(([, key = '', mark]) => ({ key, optional: mark === '?' }));
}

describe('the document of --json', () => {
  const documented = document.commands.flatMap(({ name, json, outcomes }) => {
    const [first] = scenarios[name]?.[outcomes[0]?.when ?? ''] ?? [];
    // A shape that depends on flags is described by its first form.
    const shape = json?.split(', or ')[0] ?? '';
    return first && shape.startsWith('{') ? [{ name, shape, first }] : [];
  });

  it.each(documented)('of obn $name has the keys that the help names', async ({ shape, first }) => {
    const { code, stderr, json } = await run({ ...first, args: [...first.args, '--json'] });
    expect(code, stderr).toBe(0);
    const printed = [json<object | object[]>()].flat();
    expect(printed.length).toBeGreaterThan(0);
    const keys = keysOf(shape);
    for (const one of printed) {
      expect(keys.map(({ key }) => key)).toEqual(expect.arrayContaining(Object.keys(one)));
      const required = keys.filter(({ optional }) => !optional).map(({ key }) => key);
      expect(Object.keys(one)).toEqual(expect.arrayContaining(required));
    }
  });
});
