import type { ExitCode } from '../findings/error.js';
import type { Host } from '../platform/host.js';
import type { Interruption } from '../platform/interrupt.js';
import type { Output, Questions } from './terminal.js';

/** The host of a command, and its terminal. The host's folder is the current one, or the one that -C names. */
export interface CommandContext extends Host {
  readonly json: boolean;
  readonly output: Output;
  /** Undefined without a terminal. */
  readonly questions: Questions | undefined;
  /** Reads the whole standard input; undefined when that is a terminal. @throws ObnError when it is too long. */
  readonly readInput: (() => Promise<string>) | undefined;
  /** Every command, for those that describe the others. */
  readonly commands: readonly CommandEntry[];
  /**
   * Starts to listen for SIGINT and SIGTERM; see platform/interrupt.
   * @param notice printed when one arrives; default: that work in progress is being finished
   */
  interruptible(notice?: string): Interruption;
}

export interface OptionDefinition {
  /** In the syntax of commander, such as `--limit <count>`. */
  readonly flags: string;
  readonly description: string;
  /**
   * Reads the value.
   * @param previous the result of an earlier use of the same option @param flag the option, such as `--limit`
   * @throws ObnError (usage) for an invalid value
   */
  readonly parse?: ((text: string, previous: unknown, flag: string) => unknown) | undefined;
}

export function option(
  flags: string,
  description: string,
  parse?: OptionDefinition['parse'],
): OptionDefinition {
  return { flags, description, parse };
}

/** One way in which a command can end. */
export interface Outcome {
  readonly code: ExitCode;
  /** When it ends so, as a clause: `every delivery was accepted`. */
  readonly when: string;
}

/** Defines the outcomes of a command: an exit code, and when the command ends with it. */
export function outcomes(...rows: readonly (readonly [ExitCode, string])[]): readonly Outcome[] {
  return rows.map(([code, when]) => ({ code, when }));
}

/** A command as data. The parser, the help, `obn guide` and docs/exit-codes.md are made from it. */
export interface CommandDefinition {
  /** In the syntax of commander, such as `[issue]`. */
  readonly arguments?: readonly { readonly name: string; readonly description: string }[];
  readonly options?: readonly OptionDefinition[];
  /** Examples for the help: a command line, and what it does. */
  readonly examples: readonly (readonly [call: string, meaning: string])[];
  /** The shape of the document that `--json` prints, in the notation of TypeScript; null: it prints none. */
  readonly json: string | null;
  /** Its own exit codes; those that every command has are in support/outcomes.ts. */
  readonly outcomes: readonly Outcome[];
  run(context: CommandContext, args: readonly unknown[], options: Record<string, unknown>): Promise<ExitCode>;
}

/** A command in the table or in a group. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandDefinition | CommandGroup>;
}

/** @param load imports the file of the command, which has one export */
export function entry(
  name: string,
  summary: string,
  load: () => Promise<Readonly<Record<string, CommandDefinition | CommandGroup>>>,
): CommandEntry {
  return {
    ...{ name, summary },
    async load() {
      const [command] = Object.values(await load());
      if (!command) throw new Error(`the file of the command ${name} exports no command`);
      return command;
    },
  };
}

/** A command with subcommands. Each is loaded when it is called. */
export interface CommandGroup {
  readonly commands: readonly CommandEntry[];
  readonly examples: CommandDefinition['examples'];
}

/** Gives a command the types of its arguments and options, which the parser has validated. */
export function defineCommand<Args extends readonly unknown[], Options extends object>(
  definition: Omit<CommandDefinition, 'run'> & {
    run(context: CommandContext, args: Args, options: Options): Promise<ExitCode>;
  },
): CommandDefinition {
  return definition as unknown as CommandDefinition;
}
