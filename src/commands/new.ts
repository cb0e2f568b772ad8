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
  arguments: [{ name: '[title]', description: 'title of the issue' }],
  options: [
    option('--title <title>', 'same as [title]'),
    option('--date <date>', 'publication date, such as 2026-12-01; default: today', calendarDate),
    option('--number <number>', 'issue number; default: the next one', count),
    option('--sections <types>', 'section types, comma-separated', list),
    option('--from <issue>', 'copy the section types of that issue, in order'),
    option('--yes', 'do not ask; use a default title if none is given'),
  ],
  examples: [
    ['obn new "When the queue runs dry"', 'create the next issue, with a sample of each usual section'],
    ['obn new --title Short --sections intro,story,signoff', 'create an issue with only these sections'],
    ['obn new --title "Like last week" --from 3', 'create an issue with the outline of issue 3'],
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
    if (sections && from !== undefined) throw usageError('--sections and --from cannot be used together');
    const plan = await planIssue(context, wanted, (text) => output.talk(text));
    const title = await titleOf(context, positional ?? options.title, plan.number, yes);
    const { issue, moved } = await writeWithInbox(plan, await plan.draft({ title, date, sections, from }));
    const { number, file } = issue;
    if (context.json) output.json(issue);
    else output.result(file);
    if (moved > 0) output.talk(`Links moved from links.yaml into it: ${moved}.`);
    output.talk(`Wrote issue #${number}. Preview it as you write: obn preview ${number} --open`);
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
    throw usageError(
      'the title is missing, and this is not a terminal',
      'run: obn new "A title", or add --title TITLE or --yes',
    );
  return questions.text(`Title of issue #${number}`, { validate: (text) => titleProblem(text) ?? true });
}
