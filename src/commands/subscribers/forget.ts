import { ledgerUrl } from '../../campaign/open.js';
import { addressOf } from '../../campaign/reader-lookup.js';
import { configurationError, EXIT } from '../../findings/error.js';
import { ledgerFile } from '../../ledger/table.js';
import { ForgottenKeys } from '../../message/forgotten.js';
import { eraseCopies, namedIn } from '../../subscribers/erase.js';
import { type ListOptions, listOptions, withList } from '../../subscribers/list-session.js';
import { countRows, removeRows } from '../../subscribers/remove-rows.js';
import { plural } from '../../text/plural.js';
import { defineCommand } from '../command.js';
import { requireConsent } from '../support/confirm.js';

interface Options extends ListOptions {
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
  run: (context, [written], options) =>
    withList(context, options, true, async (session) => {
      const { newsletter, source, ledger } = session;
      const person = addressOf(written);
      newsletter.need('unsubscribe');
      if (source.secrets.length === 0)
        throw configurationError('unsubscribe.secret is missing', {
          hint: 'what is left of somebody is a hash that is made with it',
        });
      const rows = await countRows(source.path, source.name, person.key);
      await requireConsent(
        context,
        options.yes,
        `Erase ${person.address} (${plural(rows, 'row')} of the list) for good?`,
      );
      const hash = new ForgottenKeys(source.secrets).hash(person.key);
      const { deliveries } = await ledger.forget(person.key, hash, context.clock.now());
      const removed = await removeRows(source.path, source.name, person.key);
      const erased = await eraseCopies(newsletter, person, source.path);
      const file = ledgerFile(ledgerUrl(newsletter, context, options.ledger), newsletter.root);
      const left = await namedIn(newsletter, person, file);
      const { output, json } = context;
      if (json) output.json({ list: removed, deliveries, files: erased, left });
      else {
        output.result(
          `Forgotten: ${plural(removed, 'row')} of ${source.name}, what ${plural(deliveries, 'delivery record')} said of them.`,
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
