import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { runCli as RunCli } from '../../src/cli/run.js';
import { environment, type ObnOptions, type ObnResult, obn as obnInProcess, parse } from './cli.js';

const RUN = new URL('../../dist/cli/run.js', import.meta.url).href;

/** Variables that only a process of its own obeys: those of its start, its time zone and its language. */
const OF_A_PROCESS = /^(NODE_|TZ$|LANG$|LC_)/;
/** Variables that the SDK of AWS reads from this process, whatever environment obn is given. */
const OF_THE_SDK = /^AWS_/;

/** Whether a command runs here; another one at the same time is another process, as it is for a user. */
let isBusy = false;

/**
 * Runs the built program in the folder `root` within this process, which takes a tenth of the time: the program, and the
 * thread of MJML, are loaded once for all tests of a file. It gets streams and an environment of its own. What needs a
 * process gets one: signals, stdin, another folder, some variables, and a second command at the same time.
 */
export async function obn(
  root: string,
  args: readonly string[],
  options: ObnOptions = {},
): Promise<ObnResult> {
  const { env = {}, input, signalAfter } = options;
  const needsProcess = args.includes('-C') || Object.keys(env).some((name) => OF_A_PROCESS.test(name));
  if (isBusy || needsProcess || input !== undefined || signalAfter) return obnInProcess(root, args, options);
  isBusy = true;
  const restore = setSdkVariables(env);
  try {
    return await run(root, args, env);
  } finally {
    restore();
    isBusy = false;
  }
}

/**
 * Runs the built program within this process, also where other commands run here at the same time. They must be about
 * other newsletters, because one process is one worker on a ledger, and must not use the SDK of AWS.
 */
export function obnBeside(
  root: string,
  args: readonly string[],
  { env }: Pick<ObnOptions, 'env'> = {},
): Promise<ObnResult> {
  return run(root, args, env);
}

async function run(root: string, args: readonly string[], env: ObnOptions['env']): Promise<ObnResult> {
  const { runCli } = (await import(RUN)) as { runCli: typeof RunCli };
  const stdout = collected();
  const stderr = collected();
  const host = { env: environment(env), stdin: {}, stdout: stdout.stream, stderr: stderr.stream };
  const code = await runCli(['-C', root, ...args], host);
  const output = { stdout: await stdout.text(), stderr: await stderr.text() };
  return { code, signal: null, ...output, json: () => parse(output) };
}

/** Sets the variables of the SDK for this process. @returns how to set them as they were */
function setSdkVariables(env: NonNullable<ObnOptions['env']>): () => void {
  const names = Object.keys(env).filter((name) => OF_THE_SDK.test(name));
  const before = names.map((name) => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  for (const name of names) set(name, env[name]);
  return () => {
    for (const [name, value] of before) set(name, value);
  };
}

/** A stream that keeps what is written to it. */
function collected() {
  const stream = new PassThrough();
  let text = '';
  stream.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  return {
    stream,
    async text(): Promise<string> {
      stream.end();
      await once(stream, 'close');
      return text;
    },
  };
}
