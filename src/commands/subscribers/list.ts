import { EXIT } from '../../findings/error.js';
import { findSubscribers } from '../../subscribers/find-subscribers.js';
import { subscriberDocument } from '../../subscribers/subscriber-document.js';
import { defineCommand, option, outcomes } from '../command.js';
import { audienceText } from '../print/status.js';
import { subscribersText } from '../print/subscribers.js';
import { type ListFlags, listOptions, withListOf } from '../support/list-options.js';
import { countFromZero } from '../support/parse.js';

interface Options extends ListFlags {
  readonly search?: string;
  readonly reason?: string;
  readonly leftOut?: boolean;
  readonly all?: boolean;
  readonly limit?: number;
}

const SHOWN = 20;

export const list = defineCommand<[], Options>({
  options: [
    option('--segment <name>', 'only this segment of obn.yaml'),
    option('--search <text>', 'only subscribers whose address or name contains this text'),
    option('--left-out', 'only those who are not mailed, with the reason'),
    option('--reason <reason>', 'only those who are not mailed for this reason, such as bounced'),
    option('--all', 'both those who are mailed and those who are not'),
    option('--limit <count>', `show at most this many; default: ${SHOWN}`, countFromZero),
    ...listOptions,
  ],
  examples: [
    ['obn subscribers list', 'count the list, and show the first subscribers'],
    ['obn subscribers list --segment aws', 'show a segment'],
    ['obn subscribers list --left-out', 'show who is not mailed, and why'],
    ['obn subscribers list --search ada --all', 'find a person, mailed or not'],
  ],
  json: '{ audience: object; found: number; subscribers: { address: string; line: number | null; mailed: boolean; name?: string; tags?: string[]; reason?: string; detail?: string }[] }',
  outcomes: outcomes(
    [EXIT.done, 'the list was read; also when nobody matches'],
    [EXIT.configuration, 'there is no such segment'],
  ),
  run: (context, _, { limit = SHOWN, ...options }) =>
    withListOf(context, options, false, async (session) => {
      const { audience, count, subscribers } = await findSubscribers(session, { ...options, limit });
      const { output, json } = context;
      if (json) output.json({ audience, found: count, subscribers: subscribers.map(subscriberDocument) });
      else {
        output.result(audienceText(audience, output.style));
        if (subscribers.length > 0) output.result(`\n${subscribersText(subscribers, output.style)}`);
        const more = count - subscribers.length;
        if (more > 0) output.talk(`… and ${more.toLocaleString('en')} more`);
        if (count === 0) output.talk('No match.');
      }
      return EXIT.done;
    }),
});
