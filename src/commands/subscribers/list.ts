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
    option('--segment <name>', 'only those in this segment of obn.yaml'),
    option('--search <text>', 'only those whose address or name has this in it'),
    option('--left-out', 'those who are not mailed, and why'),
    option('--reason <reason>', 'those who are not mailed for this reason, such as bounced'),
    option('--all', 'those who are mailed and those who are not'),
    option('--limit <count>', `show so many at most; default: ${SHOWN}`, countFromZero),
    ...listOptions,
  ],
  examples: [
    ['obn subscribers list', 'how many there are, and the first of them'],
    ['obn subscribers list --segment aws', 'who is in a segment'],
    ['obn subscribers list --left-out', 'who gets nothing, and why'],
    ['obn subscribers list --search ada --all', 'whether somebody is on the list'],
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
