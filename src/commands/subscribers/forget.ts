import { EXIT } from '../../findings/error.js';
import { planForget } from '../../subscribers/forget-subscriber.js';
import { plural } from '../../text/plural.js';
import { defineCommand, outcomes } from '../command.js';
import { requireConsent } from '../support/confirm.js';
import { type ListFlags, listOptions, withListOf } from '../support/list-options.js';

interface Options extends ListFlags {
  readonly yes?: boolean;
}

export const forget = defineCommand<[string], Options>({
  arguments: [{ name: '<address>', description: 'whose data are erased' }],
  options: [{ flags: '--yes', description: 'do not ask' }, ...listOptions],
  examples: [
    [
      'obn subscribers forget ada@example.com',
      'from list, ledger, backups, reports and outbox; a keyed hash keeps them from being mailed again',
    ],
  ],
  json: '{ list: number; deliveries: number; files: string[]; left: string[] }',
  outcomes: outcomes(
    [EXIT.done, 'the reader was erased'],
    [EXIT.usage, 'the address is not valid'],
    [EXIT.stopped, 'a message to this address is being sent; nothing was changed'],
  ),
  run: (context, [written], { yes, ...options }) =>
    withListOf(context, options, true, async (session) => {
      const { address, rows, apply } = await planForget(session, written);
      const question = `Erase ${address} (${plural(rows, 'row')} of the list) for good?`;
      await requireConsent(context, yes, question);
      const { removed, deliveries, erased, left } = await apply();
      const { output, json } = context;
      if (json) output.json({ list: removed, deliveries, files: erased, left });
      else {
        output.result(
          `Forgotten: ${plural(removed, 'row')} of ${session.source.name}, what ${plural(deliveries, 'delivery record')} said of them.`,
        );
        if (erased.length > 0) output.result(`Erased in ${erased.join(', ')}.`);
        if (left.length > 0)
          output.talk(output.talkStyle.yellow(`Still named in ${left.join(', ')}; look there yourself.`));
        output.talk(
          'Copies elsewhere, such as in backups of this machine or at the provider, are yours to erase.',
        );
      }
      return EXIT.done;
    }),
});
