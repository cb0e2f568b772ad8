import { code, markdownTable, sentence } from './markdown-table.js';

/** A command, as the guide describes it. */
export interface GuideCommand {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly options: readonly {
    readonly flag: string;
    readonly value: string | null;
    readonly description: string;
  }[];
  readonly examples: readonly { readonly call: string; readonly meaning: string }[];
  readonly json: string | null;
  readonly outcomes: readonly { readonly code: number; readonly when: string }[];
}

/** The commands, and what their exit codes mean. */
export interface GuideCommands {
  readonly options: GuideCommand['options'];
  readonly commands: readonly GuideCommand[];
  readonly exit_codes: readonly { readonly code: number; readonly means: string }[];
}

/** Every command: its flags, the document of `--json`, and its exit codes. */
export function commandsPart({ options, commands, exit_codes }: GuideCommands): string {
  return [
    '## Commands',
    'Results go to stdout, and everything else to stderr. Each command takes these flags:',
    optionsTable(options),
    'Exit codes:',
    markdownTable(
      ['code', 'means'],
      exit_codes.map((one) => [String(one.code), one.means]),
    ),
    ...commands.map(commandPart),
  ].join('\n\n');
}

function commandPart({ name, summary, usage, options, examples, json, outcomes }: GuideCommand): string {
  return [
    `### obn ${name}`,
    `${code(usage)}: ${summary}.`,
    ...(options.length > 0 ? [optionsTable(options)] : []),
    `Examples:\n\n${examples.map(({ call, meaning }) => `- ${code(call)}: ${meaning}`).join('\n')}`,
    json === null ? 'It prints no JSON document.' : `\`--json\` prints ${code(json)}`,
    `Exit codes:\n\n${outcomes.map((one) => `- ${one.code}: ${sentence(one.when)}`).join('\n')}`,
  ].join('\n\n');
}

function optionsTable(options: GuideCommand['options']): string {
  const rows = options.map(({ flag, value, description }) => [
    code(value === null ? flag : `${flag} <${value}>`),
    description,
  ]);
  return markdownTable(['flag', 'does'], rows);
}
