import { type ListOptions, type ListSession, withList } from '../../subscribers/list-session.js';
import { type CommandContext, type OptionDefinition, option } from '../command.js';

/** Options of every command about subscribers. */
export const listOptions: readonly OptionDefinition[] = [
  option('--list <file>', 'use this list instead of the one in obn.yaml'),
  option('--ledger <url>', 'use this ledger instead of the one in obn.yaml'),
];

/** The values of those options, and of `--segment`. */
export type ListFlags = Pick<ListOptions, 'list' | 'ledger' | 'segment'>;

/**
 * Opens the list and the ledger that the options name.
 * @param create whether to create a missing ledger, because something will be written
 */
export function withListOf<T>(
  context: CommandContext,
  { list, ledger, segment }: ListFlags,
  create: boolean,
  work: (session: ListSession) => Promise<T>,
): Promise<T> {
  const onNotice = (text: string) => context.output.talk(text);
  return withList(context, { list, ledger, segment, create, onNotice }, work);
}
