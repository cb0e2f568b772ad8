import { addressOf } from '../../campaign/reader-lookup.js';
import { EXIT, usageError } from '../../findings/error.js';
import { backUp } from '../../subscribers/list-files.js';
import { type ListOptions, listOptions, withList } from '../../subscribers/list-session.js';
import { countRows, removeRows } from '../../subscribers/remove-rows.js';
import { plural } from '../../text/plural.js';
import { defineCommand } from '../command.js';
import { requireConsent } from '../support/confirm.js';

interface Options extends ListOptions {
  readonly yes?: boolean;
}

export const remove = defineCommand<[string], Options>({
  arguments: [{ name: '<address>', description: 'whose rows are taken out' }],
  options: [{ flags: '--yes', description: 'do not ask' }, ...listOptions],
  examples: [
    ['obn subscribers remove ada@example.com', 'take the row out; an import may bring it back'],
    ['obn subscribers suppress ada@example.com', 'keep the row, and never mail it again'],
  ],
  run: (context, [written], options) =>
    withList(context, options, false, async (session) => {
      const { source, ledger } = session;
      const { address, key } = addressOf(written);
      const rows = await countRows(source.path, source.name, key);
      const reader = await ledger.reader(key);
      const isReader = reader !== undefined && reader.state !== 'unsubscribed';
      if (rows === 0 && !isReader) throw usageError(`${address} is not on the list ${source.name}`);
      await requireConsent(context, options.yes, `Take ${plural(rows, 'row')} of ${address} off the list?`);
      const backup = rows > 0 ? await backUp(session) : undefined;
      const removed = await removeRows(source.path, source.name, key);
      if (isReader) await ledger.saveReader({ ...reader, state: 'unsubscribed' });
      const { output, json } = context;
      if (json) output.json({ file: source.name, address, removed, backup: backup ?? null });
      else {
        output.result(`${plural(removed, 'row')} of ${address} taken off ${source.name}.`);
        if (backup) output.talk(`The list as it was: ${backup}`);
        output.talk(`An import may bring them back; to prevent that: obn subscribers suppress ${address}`);
      }
      return EXIT.done;
    }),
});
