import type { ExitCode } from '../findings/error.js';
import type { Host } from '../platform/host.js';
import type { Interruption } from '../platform/interrupt.js';
import type { Style } from './print/style.js';

/** Where a command writes. Results go to stdout, talk and progress to stderr. */
export interface Output {
  result(text: string): void;
  /** The one JSON document of `--json`. */
  json(value: unknown): void;
  /** Writes a result that is too long to be put together first, as fast as its reader takes it. */
  stream(pieces: AsyncIterable<string>): Promise<void>;
  talk(text: string): void;
  /**
   * A line that the next one replaces on a terminal, and that is printed now and then elsewhere.
   * @param share how much is done, from 0 to 1; a terminal shows it as a bar.
   */
  progress(text: string, share?: number): void;
  readonly style: Style;
  readonly talkStyle: Style;
}

/** Questions to the person at the terminal. */
export interface Questions {
  text(
    message: string,
    options: { initial?: string; validate?(text: string): string | true },
  ): Promise<string>;
  confirm(message: string): Promise<boolean>;
}

/** The host of a command, whose folder is the one that it was started in or that -C names, and its terminal. */
export interface CommandContext extends Host {
  readonly json: boolean;
  readonly output: Output;
  /** Undefined when nobody can be asked. */
  readonly questions: Questions | undefined;
  /** Reads the whole standard input; undefined when that is a terminal. @throws ObnError when it is too long. */
  readonly readInput: (() => Promise<string>) | undefined;
  /** Every command, for those that describe the others. */
  readonly commands: readonly CommandEntry[];
  /**
   * Begins to listen for SIGINT and SIGTERM; see platform/interrupt.
   * @param notice what is said when one comes; default: that what is in flight is finished.
   */
  interruptible(notice?: string): Interruption;
}

export interface OptionDefinition {
  /** As commander writes them, such as `--limit <count>`. */
  readonly flags: string;
  readonly description: string;
  /**
   * Reads the value.
   * @param previous what an earlier one of the same option gave @param flag the option, such as `--limit`
   * @throws ObnError (usage) for a value that is wrong.
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
  /** As commander writes them, such as `[issue]`. */
  readonly arguments?: readonly { readonly name: string; readonly description: string }[];
  readonly options?: readonly OptionDefinition[];
  /** Lines for the help: a call, and what it does. */
  readonly examples: readonly (readonly [call: string, meaning: string])[];
  /** The shape of the document that `--json` prints, in the notation of TypeScript; null: it prints none. */
  readonly json: string | null;
  /** Its own exit codes; those that every command has are in support/outcomes.ts. */
  readonly outcomes: readonly Outcome[];
  run(context: CommandContext, args: readonly unknown[], options: Record<string, unknown>): Promise<ExitCode>;
}

/** A command that is one of the table, or of a group. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandDefinition | CommandGroup>;
}

/** @param load the file of the command, whose one export it is */
export function entry(
  name: string,
  summary: string,
  load: () => Promise<Readonly<Record<string, CommandDefinition | CommandGroup>>>,
): CommandEntry {
  return {
    ...{ name, summary },
    async load() {
      const [command] = Object.values(await load());
      if (!command) throw new Error(`the file of the command ${name} exports none`);
      return command;
    },
  };
}

/** A command whose first argument is the name of another; each is loaded when it is called. */
export interface CommandGroup {
  readonly commands: readonly CommandEntry[];
  readonly examples: CommandDefinition['examples'];
}

/** Gives a command the types of its own arguments and options; the parser has made sure of them. */
export function defineCommand<Args extends readonly unknown[], Options extends object>(
  definition: Omit<CommandDefinition, 'run'> & {
    run(context: CommandContext, args: Args, options: Options): Promise<ExitCode>;
  },
): CommandDefinition {
  return definition as unknown as CommandDefinition;
}
