import { EXIT, usageError } from '../../findings/error.js';
import {
  liftSuppressions,
  SUPPRESSION_REASONS,
  suppressSubscribers,
} from '../../subscribers/suppress-subscribers.js';
import { defineCommand, option, outcomes } from '../command.js';
import { suppressionText } from '../print/subscribers.js';
import { type ListFlags, listOptions, withListOf } from '../support/list-options.js';
import { oneOf } from '../support/parse.js';

interface Options extends ListFlags {
  readonly reason?: (typeof SUPPRESSION_REASONS)[number];
  readonly lift?: boolean;
}

export const suppress = defineCommand<[string[]], Options>({
  arguments: [{ name: '<addresses...>', description: 'addresses to suppress' }],
  options: [
    option(
      '--reason <reason>',
      `${SUPPRESSION_REASONS.join(', ')}; default: unsubscribed`,
      oneOf(SUPPRESSION_REASONS),
    ),
    option('--lift', 'mail the address again: the reader asked for it, or the address works again'),
    ...listOptions,
  ],
  examples: [
    ['obn subscribers suppress ada@example.com', 'the reader asked to unsubscribe'],
    ['obn subscribers suppress old@example.com --reason bounced', 'the address no longer exists'],
    ['obn subscribers suppress ada@example.com --lift', 'the reader asked to be mailed again'],
  ],
  json: '{ address: string; reason: string | null; changed: boolean }[]',
  outcomes: outcomes(
    [EXIT.done, 'the addresses are suppressed, or with `--lift` no longer'],
    [EXIT.usage, 'an address is not valid'],
  ),
  run: (context, [addresses], { lift = false, reason, ...options }) =>
    withListOf(context, options, true, async (session) => {
      if (lift && reason) throw usageError('--lift applies to every reason; remove --reason');
      const results = lift
        ? await liftSuppressions(session, addresses)
        : await suppressSubscribers(session, addresses, reason ?? 'unsubscribed');
      const { output, json } = context;
      if (json) output.json(results);
      else for (const result of results) output.result(suppressionText(result, lift));
      return EXIT.done;
    }),
});
