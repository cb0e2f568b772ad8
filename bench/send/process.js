// Senders and servers run in processes of their own, so that none of them waits for the bench.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Runs a script of this folder with a job. @returns its answer */
export async function runJob(script, job, { env = {}, execArgv = [] } = {}) {
  const child = start(script, job, { env, execArgv });
  const [answer] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${script} ended with ${code}`))),
  ]);
  if (child.exitCode === null) await once(child, 'exit');
  return answer;
}

/** The job of this process. */
export function jobOf() {
  return JSON.parse(process.argv[2]);
}

/** Ends a job with its answer. */
export function answer(value) {
  process.send(value, () => process.disconnect());
}

/**
 * Starts a server of this folder, which says its port when it listens.
 * @returns its port, `ask`, which gets what it has seen so far, and `stop`
 */
export async function startServer(script, options = {}) {
  const child = start(script, options, {});
  const next = async () => (await once(child, 'message'))[0];
  const { port } = await next();
  const ask = () => {
    const reply = next();
    child.send('report');
    return reply;
  };
  return { port, ask, stop: () => stop(child) };
}

/** The environment of a process that uses a local server as Amazon SES. */
export function sesEnvironment(port) {
  return {
    AWS_ENDPOINT_URL_SESV2: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'an-example-key',
    AWS_REGION: 'us-east-1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/** Whether a command is installed. */
export function has(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}

/** Starts a command that listens on a free port, which is given to `words`. */
export async function startCommand(words) {
  const port = await freePort();
  const [command, ...args] = words(port);
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'spawn');
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${command} ${args.join(' ')} ended with ${child.exitCode}`);
    await sleep(20);
  }
  return { port, stop: () => stop(child) };
}

function start(script, job, { env, execArgv }) {
  return fork(join(import.meta.dirname, script), [JSON.stringify(job)], {
    env: { ...process.env, ...env },
    execArgv,
  });
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
