import { Argument, Option } from 'commander';
import { version } from '../../platform/version.js';
import type { CommandDefinition, CommandEntry, OptionDefinition, Outcome } from '../command.js';
import { globalOptions } from './global-options.js';
import { requireKnownCommand } from './known-command.js';
import { COMMON_OUTCOMES, EXIT_MEANINGS } from './outcomes.js';

/** The document of `obn help --json`. */
export interface CommandsDocument {
  readonly name: 'obn';
  readonly version: string;
  /** The flags that every command has. */
  readonly options: readonly OptionDocument[];
  readonly commands: readonly CommandDocument[];
  /** The outcomes that every command has. */
  readonly outcomes: readonly Outcome[];
  readonly exit_codes: readonly { readonly code: number; readonly means: string }[];
}

/** A command in {@link CommandsDocument}. */
export interface CommandDocument {
  /** With its group: `subscribers import`. */
  readonly name: string;
  readonly summary: string;
  /** Such as `obn send [options] [issue]`. */
  readonly usage: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    readonly required: boolean;
    /** Whether it can be given more than once. */
    readonly variadic: boolean;
  }[];
  readonly options: readonly OptionDocument[];
  readonly examples: readonly { readonly call: string; readonly meaning: string }[];
  /** The shape of the document that `--json` prints; null: it prints none. */
  readonly json: string | null;
  readonly outcomes: readonly Outcome[];
}

interface OptionDocument {
  /** Such as `--limit`. */
  readonly flag: string;
  /** The name of its value, such as `count`; null: it takes none. */
  readonly value: string | null;
  readonly description: string;
}

/**
 * Describes commands as data. Groups are flattened.
 * @param words the command or group to describe; default: all of them
 * @throws ObnError (usage) for a command that does not exist
 */
export async function commandsDocument(
  entries: readonly CommandEntry[],
  words: readonly string[] = [],
): Promise<CommandsDocument> {
  return {
    name: 'obn',
    version,
    options: globalOptions.map(optionDocument),
    commands: await describe(entries, words, ''),
    outcomes: COMMON_OUTCOMES,
    exit_codes: EXIT_MEANINGS.map(({ code, when }) => ({ code, means: when })),
  };
}

async function describe(
  entries: readonly CommandEntry[],
  words: readonly string[],
  group: string,
): Promise<CommandDocument[]> {
  requireKnownCommand(entries, words, words, group);
  const [word, ...more] = words;
  const documents: CommandDocument[] = [];
  for (const entry of entries) {
    if (word !== undefined && entry.name !== word) continue;
    const loaded = await entry.load();
    const name = group + entry.name;
    if ('run' in loaded) documents.push(commandDocument(name, entry.summary, loaded));
    else documents.push(...(await describe(loaded.commands, more, `${name} `)));
  }
  return documents;
}

function commandDocument(name: string, summary: string, definition: CommandDefinition): CommandDocument {
  const { arguments: args = [], options = [], examples, json, outcomes } = definition;
  return {
    ...{ name, summary },
    usage: ['obn', name, ...(options.length > 0 ? ['[options]'] : []), ...args.map((one) => one.name)].join(
      ' ',
    ),
    arguments: args.map(argumentDocument),
    options: options.map(optionDocument),
    examples: examples.map(([call, meaning]) => ({ call, meaning })),
    ...{ json, outcomes },
  };
}

function argumentDocument({ name: written, description }: { name: string; description: string }) {
  const argument = new Argument(written);
  const { required, variadic } = argument;
  return { name: argument.name(), description, required, variadic };
}

function optionDocument({ flags, description }: OptionDefinition): OptionDocument {
  const { long, short } = new Option(flags);
  return { flag: long ?? short ?? flags, value: /[<[]([^>\]]+)/.exec(flags)?.[1] ?? null, description };
}
