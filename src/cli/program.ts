import { Command, CommanderError, Option } from 'commander';
import type { CommandDefinition, CommandEntry } from '../commands/command.js';
import { globalOptions } from '../commands/support/global-options.js';
import { requireKnownCommand } from '../commands/support/known-command.js';
import { commands } from '../commands/table.js';
import { version } from '../platform/version.js';
import { calledWords } from './called.js';
import type { OutputStream } from './output.js';

export interface Globals {
  readonly C?: string;
  readonly json?: boolean;
}

type Runner = (
  command: CommandDefinition,
  globals: Globals,
  args: readonly unknown[],
  options: Record<string, unknown>,
) => Promise<void>;

/** Builds the parser from the command table. Only the command that is called is loaded. */
export async function buildProgram(
  argv: readonly string[],
  { stdout, stderr }: { readonly stdout: OutputStream; readonly stderr: OutputStream },
  run: Runner,
): Promise<Command> {
  const program = new Command('obn')
    .description('Write, check, send and archive a newsletter kept in git.')
    .usage('[options] <command>')
    .version(version, '-v, --version', 'print the version')
    .addOption(new Option('-V').hideHelp())
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      '\nExamples:\n  obn init news\n  obn new "When the queue runs dry"\n  obn check && obn send --dry-run',
    )
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .exitOverride();
  for (const { flags, description } of globalOptions) program.option(flags, description);
  // Commander has one short form of this flag, and the other one is as common.
  program.on('option:V', () => {
    stdout.write(`${version}\n`);
    throw new CommanderError(0, 'commander.version', version);
  });
  const called = calledWords(argv);
  requireKnownCommand(commands, called, argv);
  await addCommands(program, commands, called, argv, run);
  if (called.length === 0 && argv.length === 0) program.action(() => program.help());
  return program;
}

/** @param called the words of the command line; the first one names the command to load */
async function addCommands(
  parent: Command,
  entries: readonly CommandEntry[],
  [called, ...more]: readonly string[],
  argv: readonly string[],
  run: Runner,
): Promise<void> {
  for (const entry of entries) {
    const command = parent
      .command(entry.name)
      .description(entry.summary)
      .helpOption('-h, --help', 'show help');
    if (entry.name !== called) continue;
    const loaded = await entry.load();
    if ('run' in loaded) configure(command, loaded, run);
    else {
      command.usage('[options] <command>').helpCommand('help [command]', 'show help for a command');
      addExamples(command, loaded.examples);
      command.exitOverride();
      requireKnownCommand(loaded.commands, more, argv, `${entry.name} `);
      await addCommands(command, loaded.commands, more, argv, run);
    }
  }
}

function addExamples(command: Command, examples: CommandDefinition['examples']): void {
  const lines = examples.map(([call, meaning]) => `  ${call}\n      ${meaning}`);
  command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

function addOutcomes(command: Command, outcomes: CommandDefinition['outcomes']): void {
  const lines = outcomes.map(({ code, when }) => `  ${String(code).padEnd(4)}${when.replaceAll('`', '')}`);
  command.addHelpText('after', `\nExit codes:\n${lines.join('\n')}`);
}

function configure(command: Command, definition: CommandDefinition, run: Runner): void {
  for (const { name, description } of definition.arguments ?? []) command.argument(name, description);
  for (const { flags, description, parse } of definition.options ?? []) {
    const option = new Option(flags, description);
    if (parse) option.argParser((text, previous) => parse(text, previous, option.long ?? flags));
    command.addOption(option);
  }
  addExamples(command, definition.examples);
  addOutcomes(command, definition.outcomes);
  command.exitOverride();
  command.action(async (...received: unknown[]) => {
    const args = received.slice(0, -2);
    await run(definition, globalsOf(command), args, received.at(-2) as Record<string, unknown>);
  });
}

function globalsOf(command: Command): Globals {
  return command.parent ? globalsOf(command.parent) : command.opts();
}
