import { writeWithInbox } from '../collect/move-inbox.js';
import { EXIT, usageError } from '../findings/error.js';
import { planIssue, titleProblem } from '../init/create-issue.js';
import { type CommandContext, defineCommand, option, outcomes } from './command.js';
import { calendarDate, count, list } from './support/parse.js';

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
    option('--title <title>', 'the same as a flag'),
    option('--date <date>', 'date of publication, such as 2018-09-18; default: today', calendarDate),
    option('--number <number>', 'default: the next free one', count),
    option('--sections <types>', 'section types, parted by commas', list),
    option('--from <issue>', 'the sections of that issue, in their order'),
    option('--yes', 'ask nothing; a title that is not given is made up'),
  ],
  examples: [
    ['obn new "When the queue runs dry"', 'the next issue, with one sample of each usual section'],
    ['obn new --title Short --sections intro,story,signoff', 'only these sections'],
    ['obn new --title "Like last week" --from 3', 'the outline of issue 3'],
  ],
  json: '{ number: number; title: string; date: string; file: string }',
  outcomes: outcomes(
    [EXIT.done, 'obn wrote the issue'],
    [EXIT.findings, 'links.yaml has errors; nothing was written'],
    [
      EXIT.usage,
      'the number or the file exists already, the section type or the issue of `--from` is unknown, or there is no title',
    ],
  ),
  async run(context, [positional], { number: wanted, yes, date, sections, from, ...options }) {
    const { output } = context;
    if (sections && from !== undefined) throw usageError('--sections and --from exclude each other');
    const plan = await planIssue(context, wanted, (text) => output.talk(text));
    const title = await titleOf(context, positional ?? options.title, plan.number, yes);
    const { issue, moved } = await writeWithInbox(plan, await plan.draft({ title, date, sections, from }));
    const { number, file } = issue;
    if (context.json) output.json(issue);
    else output.result(file);
    if (moved > 0) output.talk(`Links moved from links.yaml into it: ${moved}.`);
    output.talk(
      `Wrote issue #${number}. Fill it in, then look at it: obn check ${number} && obn render ${number}`,
    );
    return EXIT.done;
  },
});

async function titleOf(
  { questions }: CommandContext,
  given: string | undefined,
  number: number,
  yes: boolean | undefined,
): Promise<string> {
  if (given !== undefined) return given;
  if (yes) return `Issue ${number}`;
  if (!questions)
    throw usageError('the issue needs a title', 'give one: obn new "A title", or --title, or --yes');
  return questions.text(`Title of issue #${number}`, { validate: (text) => titleProblem(text) ?? true });
}
