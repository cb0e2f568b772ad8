// Times two commands as whole processes, in turn, and compares them pair by pair: the machine's speed may drift.
import { spawnSync } from 'node:child_process';
import { pairedRatio, summary } from './statistics.js';

/** @returns wall milliseconds of one run, without its preparation */
function time(run, options) {
  if (!Array.isArray(run)) {
    const { command, prepare = () => undefined, ...own } = run;
    prepare();
    return time(command, { ...options, ...own });
  }
  const [command, ...args] = run;
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/**
 * @param a the command that is measured, b the one it is measured against: arrays of words, or such an array as
 * `command` with `prepare`, which is called before every run, and options of its own
 * @returns both in milliseconds, and the ratio a/b, each with its spread
 */
export function compare(a, b, { runs = 15, warmup = 2, ...options } = {}) {
  for (let index = 0; index < warmup; index++) {
    time(a, options);
    time(b, options);
  }
  const pairs = Array.from({ length: runs }, () => [time(a, options), time(b, options)]);
  const ours = pairs.map(([first]) => first);
  const theirs = pairs.map(([, second]) => second);
  return { a: summary(ours), b: summary(theirs), ratio: pairedRatio(ours, theirs) };
}
