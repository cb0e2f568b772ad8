import { resolve } from 'node:path';
import type { DateOrder } from '../../audience/dates.js';
import type { RowStatus } from '../../audience/row-status.js';
import { STATUSES } from '../../audience/subscriber.js';
import { requireOutputFile } from '../../campaign/output-path.js';
import { EXIT } from '../../findings/error.js';
import { importDocument } from '../../subscribers/import-document.js';
import type { ListSession } from '../../subscribers/list-session.js';
import { type ImportPlan, planImport } from '../../subscribers/plan-import.js';
import { type CommandContext, defineCommand, option, outcomes } from '../command.js';
import { importText, mappingText } from '../print/import.js';
import { requireConsent } from '../support/confirm.js';
import { type ListFlags, listOptions, withListOf } from '../support/list-options.js';
import { oneOf, pairs } from '../support/parse.js';

interface Options extends ListFlags {
  readonly map?: ReadonlyMap<string, string>;
  readonly status?: ReadonlyMap<string, RowStatus>;
  readonly dates?: DateOrder;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly refused?: string;
}

export const importList = defineCommand<[string], Options>({
  arguments: [{ name: '<file>', description: 'CSV file: an export from another platform, or another list' }],
  options: [
    option(
      '--map <column=field>',
      'which column of the list it becomes (repeatable); "column=" leaves it out',
      pairs(),
    ),
    option(
      '--status <value=status>',
      `what a value of the status column means (repeatable): ${STATUSES.join(', ')}`,
      pairs(oneOf(STATUSES)),
    ),
    option(
      '--dates <order>',
      'day-first or month-first, for dates that could be either',
      oneOf(['day-first', 'month-first']),
    ),
    option('--dry-run', 'show what would change, without changing it'),
    option('--yes', 'do not ask'),
    option('--refused <file>', 'where to write refused rows, with line and reason'),
    ...listOptions,
  ],
  examples: [
    [
      'obn subscribers import subscribed_members_export.csv',
      'import a Mailchimp export (six platforms are recognized)',
    ],
    [
      'obn subscribers import people.csv --map "Mail=email" --map "First=first_name"',
      'import any other CSV file',
    ],
    ['obn subscribers import unsubscribed_members_export.csv --yes', 'suppress every address in the file'],
  ],
  json: '{ file: string; list: string; format: string; columns: { from: string; to: string | null }[]; added: number; samples: number; counts: object; applied: boolean; backup: string | null; refused: string | null; suppressed: number }',
  outcomes: outcomes(
    [EXIT.done, 'the file was imported, or `--dry-run` printed what would change; refused rows are counted'],
    [EXIT.usage, 'the file has no column of addresses'],
    [EXIT.stopped, 'another program changed the list meanwhile; nothing was changed'],
  ),
  run: (context, [file], options) =>
    withListOf(context, options, false, async (session) => {
      const { cwd, output, json } = context;
      const { refused, list } = options;
      if (refused !== undefined) {
        const named = { list, input: resolve(cwd, file) };
        requireOutputFile(session, '--refused', resolve(cwd, refused), named);
      }
      const plan = await planned(context, session, file, options);
      try {
        output.talk(importText(session.source.name, plan, output.talkStyle));
        const applied = options.dryRun ? undefined : await apply(context, session, options, plan);
        if (json) output.json(importDocument(file, session.source.name, plan, applied));
        return EXIT.done;
      } finally {
        await plan.close();
      }
    }),
});

async function planned(
  { output, interruptible }: CommandContext,
  session: ListSession,
  file: string,
  { map: columns, status: meanings, dates }: Options,
): Promise<ImportPlan> {
  const { signal, dispose } = interruptible('Stopping. Nothing was changed.');
  try {
    return await planImport(session, file, {
      ...{ columns, meanings, dates, signal },
      onMapping: (mapping) => output.talk(mappingText(file, mapping, output.talkStyle)),
      onProgress: (share) => output.progress(`${Math.floor(share * 100)} % read`, share),
    });
  } finally {
    dispose();
  }
}

async function apply(context: CommandContext, session: ListSession, options: Options, plan: ImportPlan) {
  const { output, json } = context;
  if (plan.changesList || plan.rows.counts().gone > 0)
    await requireConsent(context, options.yes, 'Continue?');
  const applied = await plan.apply();
  if (applied.backup) output.talk(`Backup: ${applied.backup}`);
  if (!json)
    output.result(`${session.source.name} ${plan.changesList ? 'has been changed' : 'is unchanged'}.`);
  if (plan.rows.refusedCount === 0) return { ...applied, refused: undefined };
  const refused = await plan.writeRefused(options.refused);
  output.talk(`Wrote the refused rows and reasons to ${refused}`);
  return { ...applied, refused };
}
