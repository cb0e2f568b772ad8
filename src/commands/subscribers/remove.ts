import { EXIT } from '../../findings/error.js';
import { planRemoval } from '../../subscribers/remove-subscriber.js';
import { plural } from '../../text/plural.js';
import { defineCommand, outcomes } from '../command.js';
import { requireConsent } from '../support/confirm.js';
import { type ListFlags, listOptions, withListOf } from '../support/list-options.js';

interface Options extends ListFlags {
  readonly yes?: boolean;
}

export const remove = defineCommand<[string], Options>({
  arguments: [{ name: '<address>', description: 'the address to remove' }],
  options: [{ flags: '--yes', description: 'do not ask' }, ...listOptions],
  examples: [
    ['obn subscribers remove ada@example.com', 'remove the row; an import may add it again'],
    ['obn subscribers suppress ada@example.com', 'keep the row, but never mail it again'],
  ],
  json: '{ file: string; address: string; removed: number; backup: string | null }',
  outcomes: outcomes([EXIT.done, 'the rows were removed'], [EXIT.usage, 'the address is not on the list']),
  run: (context, [written], { yes, ...options }) =>
    withListOf(context, options, false, async (session) => {
      const { address, rows, apply } = await planRemoval(session, written);
      await requireConsent(context, yes, `Remove ${plural(rows, 'row')} of ${address} from the list?`);
      const { removed, backup } = await apply();
      const { name } = session.source;
      const { output, json } = context;
      if (json) output.json({ file: name, address, removed, backup: backup ?? null });
      else {
        output.result(`Removed ${plural(removed, 'row')} of ${address} from ${name}.`);
        if (backup) output.talk(`Backup: ${backup}`);
        output.talk(
          `An import may add the address again. To prevent that: obn subscribers suppress ${address}`,
        );
      }
      return EXIT.done;
    }),
});
