import { EXIT } from '../../findings/error.js';
import { addSubscriber } from '../../subscribers/add-subscriber.js';
import { defineCommand } from '../command.js';
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
  arguments: [{ name: '<address>', description: 'who asked for it' }],
  options: [
    { flags: '--first-name <name>', description: 'first name' },
    { flags: '--last-name <name>', description: 'last name' },
    { flags: '--tags <tags>', description: 'tags, parted by commas', parse: commaList },
    {
      flags: '--field <column=value>',
      description: 'another column of the list; again for more',
      parse: pairs('--field'),
    },
    { flags: '--pending', description: 'they have not confirmed yet, and get nothing' },
    ...listOptions,
  ],
  examples: [
    [
      'obn subscribers add ada@example.com --first-name Ada --tags aws,beginner',
      'a row at the end of the list',
    ],
    ['obn subscribers add ada@example.com --field company="Example Ferries"', 'with another column'],
  ],
  run: (context, [written], { field, ...options }) =>
    withListOf(context, options, false, async (session) => {
      const { address, row } = await addSubscriber(session, written, { ...options, fields: field });
      const { name } = session.source;
      const { output, json } = context;
      if (json) output.json({ file: name, address, added: true, row });
      else output.result(`${address} is on the list ${name}.`);
      return EXIT.done;
    }),
});
