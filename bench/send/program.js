// The real program as a process that is watched from outside.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECRET } from './product.js';

const PROGRAM = join(import.meta.dirname, '../../bin/obn.js');
const POLL_MS = 50;
/** Of the times in /proc (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** Runs `obn send 1` to its end, as {@link runObn}; `plannedAt` is when its plan stood on stderr. */
export async function runSend(root, port, flags, code) {
  const words = ['send', '1', '--transport', 'smtp', '--yes', ...flags];
  const env = { SMTP_URL: `smtp://127.0.0.1:${port}` };
  const { sawAt: plannedAt, ...run } = await runObn(root, words, { env, code, sign: 'Issue #1' });
  return { ...run, plannedAt };
}

/**
 * Runs the program to its end.
 * @param code the exit code that it must have
 * @param sign the text on stderr that marks the moment
 * @returns when it began and when it gave the sign, in milliseconds since 1970; how many seconds it took; its peak
 * resident memory in MB (10^6 bytes) and its processor seconds, undefined where the system does not tell
 */
export async function runObn(root, words, { env = {}, code = 0, sign } = {}) {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, OBN_SECRET: SECRET, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let talk = '';
  let sawAt;
  child.stderr.setEncoding('utf8').on('data', (text) => {
    talk += text;
    if (sign !== undefined && talk.includes(sign)) sawAt ??= Date.now();
  });
  let used = {};
  const timer = setInterval(() => {
    used = usageOf(child.pid) ?? used;
  }, POLL_MS);
  const ended = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  clearInterval(timer);
  if (ended !== code) throw new Error(`obn ${words.join(' ')} ended with ${ended}: ${talk}`);
  return { startedAt, sawAt, seconds: (Date.now() - startedAt) / 1000, ...used };
}

/** The peak memory and the processor time of a process so far. */
function usageOf(pid) {
  try {
    const kib = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isNaN(kib)
      ? undefined
      : { peakMb: (kib * 1024) / 1e6, cpuSeconds: ticks / TICKS_PER_SECOND };
  } catch {
    return undefined;
  }
}
