import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { whenTestFinished } from './finished.js';
import { SECRET } from './secret.js';

const PROGRAM = fileURLToPath(new URL('../../bin/obn.js', import.meta.url));
const TIMEOUT_MS = 30_000;

export interface ObnOptions {
  /** Added to the clean environment; undefined takes a variable out of it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What stands on stdin, which is never a terminal; without it stdin is empty. */
  readonly input?: string;
  /** After this time the process is killed and the promise rejects. */
  readonly timeoutMs?: number;
  /** Sends a signal after so many milliseconds, or once the output so far matches. */
  readonly signalAfter?: { readonly signal: NodeJS.Signals; readonly after: number | RegExp };
}

export interface ObnResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The document on stdout. @throws Error that shows the output when it is not JSON. */
  json<T = unknown>(): T;
}

/** Runs the built program in the folder `root` to its end. */
export function obn(root: string, args: readonly string[], options: ObnOptions = {}): Promise<ObnResult> {
  return spawnObn(root, args, options).result;
}

/** Starts the built program in the folder `root`; it does not outlive the test. */
export function spawnObn(
  root: string,
  args: readonly string[],
  options: ObnOptions = {},
): { child: ChildProcess; result: Promise<ObnResult> } {
  const { input, timeoutMs = TIMEOUT_MS, signalAfter } = options;
  const stdin = input === undefined ? 'ignore' : 'pipe';
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: root,
    env: environment(options.env),
    stdio: [stdin, 'pipe', 'pipe'],
  });
  child.stdin?.on('error', () => undefined).end(input);
  whenTestFinished(() => child.kill('SIGKILL'));
  const result = collect(child, args, timeoutMs);
  if (signalAfter) sendSignal(child, signalAfter);
  return { child, result };
}

/** The clean environment of a test, with some variables added. */
export function environment(added: ObnOptions['env'] = {}): NodeJS.ProcessEnv {
  const clean = {
    PATH: process.env.PATH,
    HOME: tmpdir(),
    OBN_SECRET: SECRET,
    NO_COLOR: '1',
  };
  const entries = Object.entries({ ...clean, ...added });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function collect(child: ChildProcess, args: readonly string[], timeoutMs: number): Promise<ObnResult> {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`obn ${args.join(' ')} took longer than ${timeoutMs} ms\n${show(output)}`));
    }, timeoutMs);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...output, json: () => parse(output) });
    });
  });
}

function sendSignal(child: ChildProcess, { signal, after }: NonNullable<ObnOptions['signalAfter']>): void {
  if (typeof after === 'number') {
    const timer = setTimeout(() => child.kill(signal), after);
    child.once('close', () => clearTimeout(timer));
    return;
  }
  let seen = '';
  const look = (text: string) => {
    seen += text;
    if (!after.test(seen)) return;
    child.stdout?.off('data', look);
    child.stderr?.off('data', look);
    child.kill(signal);
  };
  child.stdout?.on('data', look);
  child.stderr?.on('data', look);
}

/** The document on stdout. @throws Error that shows the output when it is not JSON. */
export function parse<T>(output: { stdout: string; stderr: string }): T {
  try {
    return JSON.parse(output.stdout);
  } catch (error) {
    throw new Error(`stdout is not JSON\n${show(output)}`, { cause: error });
  }
}

function show({ stdout, stderr }: { stdout: string; stderr: string }): string {
  return `--- stdout\n${stdout}\n--- stderr\n${stderr}`;
}
