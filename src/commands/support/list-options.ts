import { type ListOptions, type ListSession, withList } from '../../subscribers/list-session.js';
import { type CommandContext, type OptionDefinition, option } from '../command.js';

/** The flags that every command about subscribers has. */
export const listOptions: readonly OptionDefinition[] = [
  option('--list <file>', 'instead of the list of obn.yaml'),
  option('--ledger <url>', 'instead of the ledger of obn.yaml'),
];

/** What those flags, and the flag `--segment`, say. */
export type ListFlags = Pick<ListOptions, 'list' | 'ledger' | 'segment'>;

/**
 * Opens the list and the ledger that the flags name.
 * @param create whether a ledger that does not exist is made, because something is going to be written
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
