import { usageError } from '../../findings/error.js';
import { didYouMean } from '../../findings/nearest.js';
import type { CommandEntry } from '../command.js';
import { globalOptions } from './global-options.js';

const FLAGS: readonly string[] = [
  ...globalOptions.map(({ flags }) => flags.split(' ')[0] ?? ''),
  ...['-h', '--help', '-v', '-V', '--version'],
];

/**
 * Refuses a command line whose command does not exist, also when it asks for help.
 * @param argv the command line; a flag that is unknown and comes first is left to the parser
 * @param group what the command belongs to, such as `subscribers `
 * @throws ObnError (usage) that names the nearest command and lists all
 */
export function requireKnownCommand(
  entries: readonly CommandEntry[],
  [word]: readonly string[],
  argv: readonly string[],
  group = '',
): void {
  const names = entries.map(({ name }) => name);
  if (word === undefined || names.includes(word)) return;
  const before = argv.slice(0, argv.indexOf(word));
  if (before.some((one) => one.startsWith('-') && !FLAGS.includes(one))) return;
  const hint = `the commands are ${names.map((name) => group + name).join(', ')}`;
  throw usageError(`unknown command "${group}${word}"${didYouMean(word, names)}`, hint);
}
