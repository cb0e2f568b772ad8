import { join, relative } from 'node:path';
import { DateTime } from 'luxon';
import { openLedger, openNewsletter } from '../campaign/open.js';
import type { Newsletter } from '../config/load.js';
import { EXIT, usageError } from '../findings/error.js';
import { schemaFile, writeSchemas } from '../init/schemas.js';
import { issueFileName, outlineFrom, outlineOf, scaffoldIssue, usualOutline } from '../issue/scaffold.js';
import { findIssueFile, issuesFolder, listIssueFiles, openIssue } from '../issue/store.js';
import { createFile } from '../platform/files.js';
import { type CommandContext, defineCommand } from './command.js';
import { count, list } from './support/parse.js';

interface Options {
  readonly title?: string;
  readonly date?: string;
  readonly number?: number;
  readonly sections?: string[];
  readonly from?: string;
  readonly yes?: boolean;
}

export const newIssue = defineCommand<[string | undefined], Options>({
  arguments: [{ name: '[title]', description: 'the title of the issue' }],
  options: [
    { flags: '--title <title>', description: 'the same as a flag' },
    { flags: '--date <date>', description: 'date of publication, such as 2018-09-18; default: today' },
    { flags: '--number <number>', description: 'default: the next free one', parse: count('--number') },
    { flags: '--sections <types>', description: 'section types, parted by commas', parse: list },
    { flags: '--from <issue>', description: 'the sections of that issue, in their order' },
    { flags: '--yes', description: 'ask nothing; a title that is not given is made up' },
  ],
  examples: [
    ['obn new "When the queue runs dry"', 'the next issue, with one sample of each usual section'],
    ['obn new --title Short --sections intro,story,signoff', 'only these sections'],
    ['obn new --title "Like last week" --from 3', 'the outline of issue 3'],
  ],
  async run(context, [positional], options) {
    const newsletter = await openNewsletter(context);
    const number = await freeNumber(context, newsletter, options.number);
    const title = await titleOf(context, positional ?? options.title, number, options.yes);
    const date = dateOf(context, newsletter, options.date);
    const outline = await chooseOutline(newsletter, options);
    const author = newsletter.config.newsletter.author?.name ?? newsletter.config.from.name;
    const schema = `../${schemaFile('issue')}`;
    const text = await scaffoldIssue({ number, title, date, author, outline, schema });
    const path = join(issuesFolder(newsletter.root), issueFileName(number, title));
    const file = relative(context.cwd, path);
    if (!(await createFile(path, text))) throw usageError(`${file} is already there`, 'nothing was changed');
    await writeSchemas(newsletter.root);
    const { output } = context;
    if (context.json) output.json({ number, title, date, file });
    else output.result(file);
    output.talk(
      `Wrote issue #${number}. Fill it in, then look at it: obn check ${number} && obn render ${number}`,
    );
    return EXIT.done;
  },
});

async function freeNumber(
  context: CommandContext,
  newsletter: Newsletter,
  wanted: number | undefined,
): Promise<number> {
  const numbers = (await listIssueFiles(newsletter)).map((file) => file.number);
  if (wanted !== undefined && numbers.includes(wanted)) throw usageError(`issue ${wanted} is already there`);
  if (wanted !== undefined) return wanted;
  const ledger = await openLedger(newsletter, context, { create: false });
  try {
    return Math.max(0, ...numbers, await ledger.lastIssue()) + 1;
  } finally {
    await ledger.close();
  }
}

async function titleOf(
  { questions }: CommandContext,
  given: string | undefined,
  number: number,
  yes: boolean | undefined,
): Promise<string> {
  const check = (text: string) =>
    (text.trim() !== '' && !/\p{Cc}/u.test(text)) || 'a title is one line that is not empty';
  if (given !== undefined) {
    const valid = check(given);
    if (valid !== true) throw usageError(String(valid));
    return given.trim();
  }
  if (yes) return `Issue ${number}`;
  if (!questions)
    throw usageError('the issue needs a title', 'give one: obn new "A title", or --title, or --yes');
  return (await questions.text(`Title of issue #${number}`, { validate: check })).trim();
}

function dateOf({ clock }: CommandContext, { config }: Newsletter, given: string | undefined): string {
  if (given === undefined) {
    return DateTime.fromMillis(clock.now(), { zone: config.newsletter.timezone }).toFormat('yyyy-MM-dd');
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(given) && DateTime.fromISO(given).isValid) return given;
  throw usageError(`--date takes a date such as 2018-09-18, not "${given}"`);
}

async function chooseOutline(newsletter: Newsletter, { sections, from }: Options) {
  if (sections && from !== undefined) throw usageError('--sections and --from exclude each other');
  if (sections) return outlineOf(sections);
  if (from === undefined) return usualOutline();
  return outlineFrom((await openIssue(await findIssueFile(newsletter, from))).sections);
}
