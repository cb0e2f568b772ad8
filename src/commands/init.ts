import { join, relative, resolve } from 'node:path';
import type { NewsletterFacts } from '../config/starter.js';
import { EXIT, type ExitCode, usageError } from '../findings/error.js';
import { createNewsletter, hasNewsletter, newNewsletterFolder } from '../init/create-newsletter.js';
import {
  nameOfFolder,
  newsletterName,
  newsletterSender,
  PLACEHOLDER_SENDER,
} from '../init/newsletter-facts.js';
import { type CommandContext, defineCommand, option, outcomes } from './command.js';
import { AGENTS_FILE, writeAgentsFile } from './support/agents-file.js';

interface Options {
  readonly name?: string;
  readonly from?: string;
  readonly agents?: boolean;
  readonly yes?: boolean;
}

export const init = defineCommand<[string | undefined], Options>({
  arguments: [{ name: '[dir]', description: 'folder; default: the current one' }],
  options: [
    option('--name <name>', 'name of the newsletter'),
    option('--from <mailbox>', 'sender, such as "Jane Doe <jane@example.com>"'),
    option('--agents', 'write AGENTS.md for coding agents; in an existing newsletter, only that'),
    option('--yes', 'do not ask; use defaults for anything not given'),
  ],
  examples: [
    ['obn init news', 'ask for name and sender, and create a newsletter in news/'],
    [
      'obn init --name "Off-by-none" --from "Jeremy <jeremy@example.com>"',
      'create it here, without questions',
    ],
    ['obn init --agents', 'add the page of obn guide as AGENTS.md to an existing newsletter'],
  ],
  json: '{ root: string; files: string[] }',
  outcomes: outcomes(
    [EXIT.done, 'obn wrote the newsletter'],
    [EXIT.done, 'with `--agents`: obn wrote AGENTS.md'],
    [EXIT.usage, 'with `--agents`: the newsletter already has an AGENTS.md; nothing was changed'],
    [EXIT.usage, 'the folder already has a newsletter, or the name or the sender cannot be used'],
  ),
  async run(context, [dir], options) {
    const { cwd, json, output } = context;
    if (options.agents && hasNewsletter(resolve(cwd, dir ?? '.'))) return addAgentsFile(context, dir);
    const root = newNewsletterFolder(context, dir);
    const facts = await factsOf(context, root, options);
    const files = await createNewsletter(context, root, facts);
    if (options.agents && (await writeAgentsFile(context, root))) files.push(AGENTS_FILE);
    if (json) output.json({ root, files });
    else output.result(files.map((file) => relative(cwd, join(root, file))).join('\n'));
    const go = root === cwd ? '' : `cd ${dir} && `;
    output.talk(`${facts.name} is ready. Next: ${go}obn preview --open`);
    return EXIT.done;
  },
});

/** Adds AGENTS.md to a newsletter that exists. */
async function addAgentsFile(context: CommandContext, dir = '.'): Promise<ExitCode> {
  const { cwd, json, output } = context;
  const root = resolve(cwd, dir);
  const file = relative(cwd, join(root, AGENTS_FILE));
  if (!(await writeAgentsFile(context, root))) {
    throw usageError(`${file} is already there`, 'nothing was changed; `obn guide` prints the page');
  }
  if (json) output.json({ root, files: [AGENTS_FILE] });
  else output.result(file);
  return EXIT.done;
}

async function factsOf(context: CommandContext, root: string, options: Options): Promise<NewsletterFacts> {
  const name = await answer(context, options, {
    ...{ flag: 'name', initial: nameOfFolder(root), message: 'Name of the newsletter', read: newsletterName },
  });
  const from = await answer(context, options, {
    ...{
      flag: 'from',
      initial: PLACEHOLDER_SENDER,
      message: 'Sender (Name <address>)',
      read: newsletterSender,
    },
  });
  return { name, from };
}

interface Question<T> {
  readonly flag: 'name' | 'from';
  readonly initial: string;
  readonly message: string;
  read(text: string, flag: string): T;
}

async function answer<T>(
  { questions }: CommandContext,
  options: Options,
  { flag, initial, message, read }: Question<T>,
): Promise<T> {
  const parse = (text: string) => read(text, `--${flag}`);
  const given = options[flag] ?? (options.yes ? initial : undefined);
  if (given !== undefined) return parse(given);
  if (!questions) {
    const hint = `set it with --${flag}, or use the default with --yes`;
    throw usageError(`--${flag} is missing, and this is not a terminal`, hint);
  }
  const validate = (text: string) => {
    try {
      parse(text);
      return true as const;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  return parse(await questions.text(message, { initial, validate }));
}
