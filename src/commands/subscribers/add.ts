import { EXIT } from '../../findings/error.js';
import { addSubscriber } from '../../subscribers/add-subscriber.js';
import { defineCommand, option, outcomes } from '../command.js';
import { type ListFlags, listOptions, withListOf } from '../support/list-options.js';
import { list as commaList, pairs } from '../support/parse.js';

interface Options extends ListFlags {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly tags?: string[];
  readonly field?: ReadonlyMap<string, string>;
  readonly pending?: boolean;
}

export const add = defineCommand<[string], Options>({
  arguments: [{ name: '<address>', description: 'email address' }],
  options: [
    option('--first-name <name>', 'first name'),
    option('--last-name <name>', 'last name'),
    option('--tags <tags>', 'tags, comma-separated', commaList),
    option('--field <column=value>', 'value of another column (repeatable)', pairs()),
    option('--pending', 'not confirmed yet, so not mailed'),
    ...listOptions,
  ],
  examples: [
    [
      'obn subscribers add ada@example.com --first-name Ada --tags aws,beginner',
      'add a row at the end of the list',
    ],
    [
      'obn subscribers add ada@example.com --field company="Example Ferries"',
      'add a row with a value in another column',
    ],
  ],
  json: '{ file: string; address: string; added: true; row: object }',
  outcomes: outcomes(
    [EXIT.done, 'the address is on the list'],
    [EXIT.usage, 'the address is not valid or is already on the list'],
  ),
  run: (context, [written], { field, ...options }) =>
    withListOf(context, options, false, async (session) => {
      const { address, row } = await addSubscriber(session, written, { ...options, fields: field });
      const { name } = session.source;
      const { output, json } = context;
      if (json) output.json({ file: name, address, added: true, row });
      else output.result(`Added ${address} to ${name}.`);
      return EXIT.done;
    }),
});
