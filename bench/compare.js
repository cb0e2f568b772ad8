// Times two commands as whole processes, in turn, and compares them pair by pair: the machine's speed may drift.
import { spawnSync } from 'node:child_process';

/** @returns wall milliseconds of one run. */
function time([command, ...args], options) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * @param a the command that is measured, b the one it is measured against: arrays of words
 * @returns medians of both in milliseconds, and the median, minimum and maximum of the ratio a/b
 */
export function compare(a, b, { runs = 15, warmup = 2, ...options } = {}) {
  for (let index = 0; index < warmup; index++) {
    time(a, options);
    time(b, options);
  }
  const pairs = Array.from({ length: runs }, () => [time(a, options), time(b, options)]);
  const ratios = pairs.map(([first, second]) => first / second);
  return {
    a: median(pairs.map(([first]) => first)),
    b: median(pairs.map(([, second]) => second)),
    ratio: median(ratios),
    min: Math.min(...ratios),
    max: Math.max(...ratios),
  };
}

export function row(name, { a, b, ratio, min, max }, aim) {
  const spread = `${min.toFixed(2)} to ${max.toFixed(2)}`;
  return `${name.padEnd(52)} ${a.toFixed(0).padStart(6)} ms ${b.toFixed(0).padStart(6)} ms   ${ratio.toFixed(2)} (${spread})   aim ${aim}`;
}
