import { join, relative, resolve } from 'node:path';
import type { DateOrder } from '../../audience/dates.js';
import { digestOf } from '../../audience/edit.js';
import type { ImportDraft } from '../../audience/import/import.js';
import type { Mapping } from '../../audience/import/mapping.js';
import { Staging } from '../../audience/import/staging.js';
import type { RowStatus } from '../../audience/status-value.js';
import { STATUSES } from '../../audience/subscriber.js';
import { EXIT } from '../../findings/error.js';
import { makeFolder, OWNER_ONLY, readChunks, removeFile, writeFile } from '../../platform/files.js';
import { prepareImport, refusedCsv, replaceList, suppressLeft } from '../../subscribers/import-list.js';
import { importFiles, removeDeadImports } from '../../subscribers/leftovers.js';
import { backUp, stamp } from '../../subscribers/list-files.js';
import { type ListOptions, type ListSession, listOptions, withList } from '../../subscribers/list-session.js';
import { type CommandContext, defineCommand } from '../command.js';
import { importJson, importText, mappingText } from '../print/import.js';
import { requireConsent } from '../support/confirm.js';
import { requireOutputFile } from '../support/output-path.js';
import { oneOf, pairs } from '../support/parse.js';

interface Options extends ListOptions {
  readonly map?: ReadonlyMap<string, string>;
  readonly status?: ReadonlyMap<string, string>;
  readonly dates?: DateOrder;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly refused?: string;
}

export const importList = defineCommand<[string], Options>({
  arguments: [{ name: '<file>', description: 'CSV: an export of another platform, or another list' }],
  options: [
    {
      flags: '--map <column=field>',
      description: 'what a column of the file is in the list; again for more; "column=" leaves it out',
      parse: pairs('--map'),
    },
    {
      flags: '--status <value=status>',
      description: `what a value means in a column that says who left; again for more; ${STATUSES.join(', ')}`,
      parse: pairs('--status'),
    },
    {
      flags: '--dates <order>',
      description: 'day-first or month-first, where the dates do not show it',
      parse: oneOf('--dates', ['day-first', 'month-first']),
    },
    { flags: '--dry-run', description: 'show what would change, and change nothing' },
    { flags: '--yes', description: 'do not ask' },
    { flags: '--refused <file>', description: 'where refused rows are written, with line and reason' },
    ...listOptions,
  ],
  examples: [
    [
      'obn subscribers import subscribed_members_export.csv',
      'of Mailchimp; those of six platforms are recognised',
    ],
    ['obn subscribers import people.csv --map "Mail=email" --map "Vorname=first_name"', 'any other CSV'],
    [
      'obn subscribers import unsubscribed_members_export.csv --yes',
      'who is named there gets nothing any more',
    ],
  ],
  run: (context, [file], options) =>
    withList(context, options, false, (session) => {
      const { refused } = options;
      const input = resolve(context.cwd, file);
      if (refused !== undefined) {
        const path = resolve(context.cwd, refused);
        requireOutputFile(session.newsletter, context, '--refused', path, { ...options, input });
      }
      return inFolder(session, (folder) => run(session, file, options, folder));
    }),
});

/** Runs `work` with a place for files that are gone afterwards. */
async function inFolder<T>(
  { newsletter }: ListSession,
  work: (paths: { staging: string; draft: string }) => Promise<T>,
): Promise<T> {
  const folder = join(newsletter.root, '.obn', 'cache');
  await makeFolder(folder);
  await removeDeadImports(newsletter.root);
  const base = join(folder, importFiles());
  const paths = { staging: `${base}.db`, draft: `${base}.csv` };
  await writeFile(paths.staging, '', OWNER_ONLY);
  try {
    return await work(paths);
  } finally {
    for (const path of Object.values(paths)) await removeFile(path);
  }
}

async function run(
  session: ListSession,
  file: string,
  options: Options,
  paths: { staging: string; draft: string },
) {
  const { context, source } = session;
  const { output } = context;
  const staging = new Staging(paths.staging);
  try {
    const path = resolve(context.cwd, file);
    const overrides = options.map ?? new Map<string, string>();
    const meanings = meaningsOf(options.status ?? new Map());
    const { mapping, draft } = await prepareImport(session, {
      ...{
        path,
        name: relative(context.cwd, path) || file,
        overrides,
        meanings,
        dates: options.dates,
        staging,
        draft: paths.draft,
      },
      onMapping: (found) => output.talk(mappingText(file, found, output.talkStyle)),
    });
    const facts = { file, list: source.name, mapping, draft, staging };
    output.talk(importText(facts, output.talkStyle));
    const applied = options.dryRun ? undefined : await apply(session, options, facts, paths.draft);
    if (context.json) output.json(importJson(facts, applied));
    return EXIT.done;
  } finally {
    staging.close();
  }
}

/** @throws ObnError (usage) for a meaning that does not exist */
function meaningsOf(given: ReadonlyMap<string, string>): Map<string, RowStatus> {
  const read = oneOf('--status', STATUSES);
  return new Map([...given].map(([value, meaning]) => [value.toLowerCase(), read(meaning)]));
}

interface Facts {
  readonly mapping: Mapping;
  readonly draft: ImportDraft;
  readonly staging: Staging;
}

/** What was done, as the user is told. */
export interface Applied {
  readonly backup: string | undefined;
  readonly refused: string | undefined;
  /** How many got a suppression that they had not before. */
  readonly suppressed: number;
}

async function apply(
  session: ListSession,
  options: Options,
  { mapping, draft, staging }: Facts,
  draftPath: string,
): Promise<Applied> {
  const { context, source } = session;
  const counts = staging.counts();
  const isWritten = await changesList(draft, counts.new, draftPath);
  if (isWritten || counts.gone > 0) await requireConsent(context, options.yes, 'Go ahead?');
  // First those who get nothing any more, so that whatever happens then is no harm to them.
  const suppressed = counts.gone > 0 ? await suppressLeft(session, staging, options.ledger) : 0;
  let backup: string | undefined;
  if (isWritten) {
    backup = await replaceList(source, draft, () => backUp(session), readChunks(draftPath));
    if (backup) context.output.talk(`The list as it was: ${backup}`);
  }
  if (!context.json)
    context.output.result(`${source.name} ${isWritten ? 'has been changed' : 'is unchanged'}.`);
  const refused =
    staging.refusedCount > 0 ? await writeRefused(context, session, options, mapping, staging) : undefined;
  return { backup, refused, suppressed };
}

/** Whether the draft is another list than the one that is there; none at all is as good as one without rows. */
async function changesList({ digest }: ImportDraft, added: number, draftPath: string): Promise<boolean> {
  return digest === '' ? added > 0 : (await digestOf(draftPath)) !== digest;
}

async function writeRefused(
  context: CommandContext,
  { newsletter }: ListSession,
  { refused }: Options,
  mapping: Mapping,
  staging: Staging,
): Promise<string> {
  const name = refused ?? `.obn/reports/import-${stamp(context.clock.now())}.csv`;
  const path = refused === undefined ? join(newsletter.root, name) : resolve(context.cwd, refused);
  await writeFile(path, refusedCsv(mapping, staging), OWNER_ONLY);
  context.output.talk(`The refused rows, and why: ${name}`);
  return name;
}
