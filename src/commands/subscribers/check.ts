import type { Exclusion } from '../../audience/select.js';
import { EXIT } from '../../findings/error.js';
import { findFaultyRows } from '../../subscribers/find-faulty-rows.js';
import { defineCommand, option, outcomes } from '../command.js';
import { faultyRowsSummary, faultyRowText } from '../print/subscribers.js';
import { type ListFlags, listOptions, withListOf } from '../support/list-options.js';

interface Options extends ListFlags {
  readonly all?: boolean;
}

export const check = defineCommand<[], Options>({
  options: [
    option('--all', 'also rows that are unsubscribed, pending, bounced or complained'),
    ...listOptions,
  ],
  examples: [
    ['obn subscribers check', 'show each row that cannot be mailed, with its line and the reason'],
    ['obn subscribers check --json', 'the same for a script; exit code 1 if there are any'],
  ],
  json: '{ file: string; audience: object; faulty: number; rows: object[] }',
  outcomes: outcomes(
    [EXIT.done, 'obn can mail every row'],
    [EXIT.findings, 'there is a row that obn cannot mail'],
  ),
  run: (context, _, { all, ...options }) =>
    withListOf(context, options, false, async (session) => {
      const { output, json } = context;
      const { name } = session.source;
      const rows: Exclusion[] = [];
      const onRow = (row: Exclusion) => {
        if (json) rows.push(row);
        else output.result(faultyRowText(name, row, output.style));
      };
      const { audience, faulty } = await findFaultyRows(session, { all, onRow });
      if (json) output.json({ file: name, audience, faulty, rows });
      else output.talk(faultyRowsSummary(name, audience.listed, faulty));
      return faulty > 0 ? EXIT.findings : EXIT.done;
    }),
});
