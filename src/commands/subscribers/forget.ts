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
  arguments: [{ name: '<address>', description: 'the person to erase' }],
  options: [{ flags: '--yes', description: 'do not ask' }, ...listOptions],
  examples: [
    [
      'obn subscribers forget ada@example.com',
      'erase a person from list, ledger, backups, reports and outbox; a keyed hash prevents mailing them again',
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
      const question = `Erase ${address} (${plural(rows, 'row')} of the list)? This cannot be undone.`;
      await requireConsent(context, yes, question);
      const { removed, deliveries, erased, left } = await apply();
      const { output, json } = context;
      if (json) output.json({ list: removed, deliveries, files: erased, left });
      else {
        output.result(
          `Erased ${plural(removed, 'row')} of ${session.source.name} and the personal data in ${plural(deliveries, 'delivery record')}.`,
        );
        if (erased.length > 0) output.result(`Also erased from ${erased.join(', ')}.`);
        if (left.length > 0)
          output.talk(
            output.talkStyle.yellow(`Still named in ${left.join(', ')}. Check these files yourself.`),
          );
        output.talk(
          'obn cannot erase other copies, such as backups of this machine or data at your provider.',
        );
      }
      return EXIT.done;
    }),
});
