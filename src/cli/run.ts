import module from 'node:module';
import { resolve } from 'node:path';
import { CommanderError } from 'commander';
import { EXIT, type ExitCode, ObnError } from '../findings/error.js';
import { systemClock } from '../platform/clock.js';
import { isFolder } from '../platform/files.js';
import { endSoon, onInterrupt } from '../platform/interrupt.js';
import { createOutput } from './output.js';
import { printError } from './print-error.js';
import { buildProgram, type Globals } from './program.js';
import { createQuestions } from './questions.js';

// Newer versions of Node.js keep compiled code between starts.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

/** Runs a command line; the one place where errors are caught and become exit codes. */
export async function runCli(argv: readonly string[]): Promise<ExitCode> {
  const { env } = process;
  const output = createOutput({ color: !argv.includes('--no-color') && !env.NO_COLOR, clock: systemClock });
  let exitCode: ExitCode = EXIT.done;
  let stopped = false;
  try {
    const program = await buildProgram(argv, async (command, globals: Globals, args, options) => {
      const cwd = resolve(globals.C ?? '.');
      if (!(await isFolder(cwd))) throw new ObnError(EXIT.usage, `there is no folder ${globals.C}`);
      const json = globals.json ?? false;
      const questions = process.stdin.isTTY ? createQuestions() : undefined;
      const interruptible = (
        notice = 'Finishing what is in progress. Press Ctrl+C again to stop immediately.',
      ) =>
        onInterrupt(() => {
          stopped = true;
          output.talk(notice);
        });
      const context = { cwd, env, clock: systemClock, json, output, questions, interruptible };
      exitCode = await command.run(context, args, options);
    });
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return printError(error, output, env.OBN_DEBUG === '1');
  } finally {
    output.end();
    // Whatever the command had to finish is finished.
    if (stopped) endSoon();
  }
}
