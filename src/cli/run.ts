import module from 'node:module';
import { resolve } from 'node:path';
import { CommanderError } from 'commander';
import { commandsDocument } from '../commands/support/commands-document.js';
import { commands } from '../commands/table.js';
import { EXIT, type ExitCode, ObnError } from '../findings/error.js';
import { systemClock } from '../platform/clock.js';
import { isFolder } from '../platform/files.js';
import { type InputStream, readInput } from '../platform/input.js';
import { endSoon, onInterrupt } from '../platform/interrupt.js';
import type { Environment } from '../platform/process.js';
import { asksForHelp, calledWords } from './called.js';
import { createOutput, type OutputStream } from './output.js';
import { printError } from './print-error.js';
import { buildProgram, type Globals } from './program.js';
import { createQuestions } from './questions.js';

// Newer versions of Node.js keep compiled code between starts.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

/** The environment and the streams of a command line. `process` is one. */
export interface CliHost {
  readonly env: Environment;
  readonly stdin: { readonly isTTY?: boolean } & InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

/** Runs a command line. Errors are caught only here, and become exit codes. */
export async function runCli(argv: readonly string[], host: CliHost = process): Promise<ExitCode> {
  const { env, stdin, stdout, stderr } = host;
  const color = !argv.includes('--no-color') && !env.NO_COLOR;
  const output = createOutput({ color, clock: systemClock, stdout, stderr });
  let exitCode: ExitCode = EXIT.done;
  let stopped = false;
  try {
    if (argv.includes('--json') && asksForHelp(argv)) {
      output.json(await commandsDocument(commands, calledWords(argv)));
      return EXIT.done;
    }
    const program = await buildProgram(argv, host, async (command, globals: Globals, args, options) => {
      const cwd = resolve(globals.C ?? '.');
      if (!(await isFolder(cwd))) throw new ObnError(EXIT.usage, `-C: folder not found: ${globals.C}`);
      const json = globals.json ?? false;
      const questions = stdin.isTTY ? createQuestions() : undefined;
      const input = stdin.isTTY ? undefined : () => readInput(stdin);
      const interruptible = (
        notice = 'Finishing what is in progress. Press Ctrl+C again to stop immediately.',
      ) =>
        onInterrupt(() => {
          stopped = true;
          output.talk(notice);
        });
      const context = {
        cwd,
        env,
        clock: systemClock,
        json,
        output,
        questions,
        commands,
        readInput: input,
        interruptible,
      };
      exitCode = await command.run(context, args, options);
    });
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return printError(error, output, env.OBN_DEBUG === '1');
  } finally {
    output.end();
    // The command has finished its work in progress.
    if (stopped) endSoon();
  }
}
