import { spawn } from 'node:child_process';
import type { Environment } from './process.js';

export interface ProgramOptions {
  readonly input: Uint8Array;
  readonly env: Environment;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** How a program ended, and its output. */
export type ProgramEnd =
  | { readonly kind: 'ended'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'missing' | 'late' | 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Maximum output of a program. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** Runs a program from PATH to its end, without a shell. Never rejects. */
export function runProgram(
  name: string,
  args: readonly string[],
  { input, env, timeoutMs, signal }: ProgramOptions,
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve({ kind: 'stopped' });
    const child = spawn(name, args, { env: { ...env }, stdio: 'pipe' });
    const texts = { stdout: '', stderr: '' };
    const finish = (end: ProgramEnd) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      resolve(end);
      child.kill('SIGKILL');
      // Do not wait for its child processes.
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    };
    const stop = () => finish({ kind: 'stopped' });
    const timer = setTimeout(() => finish({ kind: 'late' }), timeoutMs);
    signal?.addEventListener('abort', stop);
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        texts[stream] += text;
        if (texts[stream].length > MAX_OUTPUT) finish({ kind: 'failed', reason: 'it wrote too much output' });
      });
    }
    child.on('error', (error) => finish(startFailure(error)));
    child.on('close', (code, killedBy) => {
      if (code === null) finish({ kind: 'failed', reason: `it was killed by ${killedBy}` });
      else finish({ kind: 'ended', code, ...texts });
    });
    // A program may exit before reading all input. Its exit status says more.
    child.stdin.on('error', () => undefined).end(input);
  });
}

function startFailure(error: Error): ProgramEnd {
  const missing = 'code' in error && error.code === 'ENOENT';
  return missing ? { kind: 'missing' } : { kind: 'failed', reason: error.message };
}
