import { type Exclusion, isFaulty } from '../../audience/select.js';
import { NO_LINE } from '../../audience/subscriber.js';
import { Tally } from '../../delivery/audience.js';
import { EXIT } from '../../findings/error.js';
import { visible } from '../../findings/visible.js';
import { everybody, type ListOptions, listOptions, withList } from '../../subscribers/list-session.js';
import { plural } from '../../text/plural.js';
import { defineCommand } from '../command.js';

interface Options extends ListOptions {
  readonly all?: boolean;
}

export const check = defineCommand<[], Options>({
  options: [
    { flags: '--all', description: 'also those who do not want to be mailed, or bounced' },
    ...listOptions,
  ],
  examples: [
    ['obn subscribers check', 'every row that cannot be mailed, by line, and why'],
    ['obn subscribers check --json', 'the same for a script; exit code 1 when there is one'],
  ],
  run: (context, _, options) =>
    withList(context, options, false, async (session) => {
      const { output, json } = context;
      const { name } = session.source;
      const tally = new Tally();
      const rows: Exclusion[] = [];
      let faulty = 0;
      for await (const batch of everybody(session, (row) => tally.add(row))) {
        for (const row of batch) {
          if (!('reason' in row)) continue;
          const isFault = isFaulty(row);
          if (isFault) faulty += 1;
          if (!isFault && !options.all) continue;
          if (json) rows.push(row);
          else output.result(lineText(name, row, output.style));
        }
      }
      if (json) output.json({ file: name, audience: tally.counts, faulty, rows });
      else if (faulty === 0)
        output.talk(`${name}: ${plural(tally.counts.listed, 'row')}, none of them faulty`);
      else
        output.talk(
          `${plural(faulty, 'row')} of ${tally.counts.listed.toLocaleString('en')} cannot be mailed`,
        );
      return faulty > 0 ? EXIT.findings : EXIT.done;
    }),
});

function lineText(
  file: string,
  { line, reason, detail }: Exclusion,
  { bold, yellow }: { bold(text: string): string; yellow(text: string): string },
): string {
  const place = line === NO_LINE ? 'ledger' : `${visible(file)}:${line}:1`;
  return `${bold(place)} ${yellow(reason)} ${visible(detail)}`;
}
