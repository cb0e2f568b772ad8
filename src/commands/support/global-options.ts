import { type OptionDefinition, option } from '../command.js';

/** The flags that every command has, besides those for help and version. */
export const globalOptions: readonly OptionDefinition[] = [
  option('-C <dir>', 'run as if in <dir>'),
  option('--json', 'print one JSON document on stdout'),
  option('--no-color', 'print without colors'),
];
