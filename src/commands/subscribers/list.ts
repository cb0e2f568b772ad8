import type { Exclusion } from '../../audience/select.js';
import type { Subscriber } from '../../audience/subscriber.js';
import { Tally } from '../../delivery/audience.js';
import { EXIT } from '../../findings/error.js';
import { everybody, type ListOptions, listOptions, withList } from '../../subscribers/list-session.js';
import { defineCommand } from '../command.js';
import { audienceText } from '../print/status.js';
import { subscriberJson, subscribersText } from '../print/subscribers.js';
import { countFromZero } from '../support/parse.js';

interface Options extends ListOptions {
  readonly search?: string;
  readonly reason?: string;
  readonly leftOut?: boolean;
  readonly all?: boolean;
  readonly limit?: number;
}

const SHOWN = 20;

export const list = defineCommand<[], Options>({
  options: [
    { flags: '--segment <name>', description: 'only those in this segment of obn.yaml' },
    { flags: '--search <text>', description: 'only those whose address or name has this in it' },
    { flags: '--left-out', description: 'those who are not mailed, and why' },
    { flags: '--reason <reason>', description: 'those who are not mailed for this reason, such as bounced' },
    { flags: '--all', description: 'those who are mailed and those who are not' },
    {
      flags: '--limit <count>',
      description: `show so many at most; default: ${SHOWN}`,
      parse: countFromZero('--limit'),
    },
    ...listOptions,
  ],
  examples: [
    ['obn subscribers list', 'how many there are, and the first of them'],
    ['obn subscribers list --segment aws', 'who is in a segment'],
    ['obn subscribers list --left-out', 'who gets nothing, and why'],
    ['obn subscribers list --search ada --all', 'whether somebody is on the list'],
  ],
  run: (context, _, options) =>
    withList(context, options, false, async (session) => {
      const tally = new Tally();
      const matches = matcher(options);
      const shown: (Subscriber | Exclusion)[] = [];
      let count = 0;
      for await (const batch of everybody(session, (row) => tally.add(row))) {
        for (const row of batch) {
          if (!matches(row)) continue;
          count += 1;
          if (shown.length < (options.limit ?? SHOWN)) shown.push(row);
        }
      }
      const { output, json } = context;
      if (json) output.json({ audience: tally.counts, found: count, subscribers: shown.map(subscriberJson) });
      else {
        output.result(audienceText(tally.counts, output.style));
        if (shown.length > 0) output.result(`\n${subscribersText(shown, output.style)}`);
        const more = count - shown.length;
        if (more > 0) output.talk(`… and ${more.toLocaleString('en')} more`);
        if (count === 0) output.talk('No match.');
      }
      return EXIT.done;
    }),
});

function matcher({ search, reason, leftOut, all }: Options): (row: Subscriber | Exclusion) => boolean {
  const text = search?.trim().toLowerCase() ?? '';
  return (row) => {
    if ('reason' in row) {
      if (reason !== undefined ? row.reason !== reason : !(leftOut || all) || row.reason === 'segment')
        return false;
      return row.address.toLowerCase().includes(text);
    }
    if (leftOut || reason !== undefined) return false;
    const { first_name = '', last_name = '' } = row.fields;
    return [row.address, `${first_name} ${last_name}`].some((one) => one.toLowerCase().includes(text));
  };
}
