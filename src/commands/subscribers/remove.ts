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
  arguments: [{ name: '<address>', description: 'whose rows are taken out' }],
  options: [{ flags: '--yes', description: 'do not ask' }, ...listOptions],
  examples: [
    ['obn subscribers remove ada@example.com', 'take the row out; an import may bring it back'],
    ['obn subscribers suppress ada@example.com', 'keep the row, and never mail it again'],
  ],
  json: '{ file: string; address: string; removed: number; backup: string | null }',
  outcomes: outcomes([EXIT.done, 'the rows were removed'], [EXIT.usage, 'the address is not on the list']),
  run: (context, [written], { yes, ...options }) =>
    withListOf(context, options, false, async (session) => {
      const { address, rows, apply } = await planRemoval(session, written);
      await requireConsent(context, yes, `Take ${plural(rows, 'row')} of ${address} off the list?`);
      const { removed, backup } = await apply();
      const { name } = session.source;
      const { output, json } = context;
      if (json) output.json({ file: name, address, removed, backup: backup ?? null });
      else {
        output.result(`${plural(removed, 'row')} of ${address} taken off ${name}.`);
        if (backup) output.talk(`The list as it was: ${backup}`);
        output.talk(`An import may bring them back; to prevent that: obn subscribers suppress ${address}`);
      }
      return EXIT.done;
    }),
});
