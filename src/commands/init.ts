import { basename, join, relative, resolve } from 'node:path';
import { DateTime } from 'luxon';
import { SAMPLE_LIST } from '../audience/samples.js';
import { CONFIG_FILE } from '../config/load.js';
import { configText, type NewsletterFacts, problemOf } from '../config/starter.js';
import { EXIT, usageError } from '../findings/error.js';
import { IGNORED } from '../init/ignored.js';
import { schemaFile, writeSchemas } from '../init/schemas.js';
import { workflowFiles } from '../init/workflows.js';
import { issueFileName, scaffoldIssue, usualOutline } from '../issue/scaffold.js';
import { createFile, exists, OWNER_ONLY, readUtf8, writeFile } from '../platform/files.js';
import { version } from '../platform/version.js';
import { type CommandContext, defineCommand } from './command.js';

interface Options {
  readonly name?: string;
  readonly from?: string;
  readonly yes?: boolean;
}

export const init = defineCommand<[string | undefined], Options>({
  arguments: [{ name: '[dir]', description: 'the folder; default: this one' }],
  options: [
    { flags: '--name <name>', description: 'name of the newsletter' },
    { flags: '--from <mailbox>', description: 'the sender, such as "Jane Doe <jane@example.com>"' },
    { flags: '--yes', description: 'ask nothing; what is not given is made up' },
  ],
  examples: [
    ['obn init news', 'asks for what it needs, and makes a newsletter in news/'],
    ['obn init --name "Off-by-none" --from "Jeremy <jeremy@example.com>"', 'asks nothing'],
  ],
  async run(context, [dir], options) {
    const root = resolve(context.cwd, dir ?? '.');
    if (exists(join(root, CONFIG_FILE))) {
      const hint = 'nothing was changed; `obn new` writes the next issue';
      throw usageError(`${relative(context.cwd, join(root, CONFIG_FILE))} is already there`, hint);
    }
    const facts = await factsOf(context, root, options);
    const files = await writeNewsletter(context, root, facts);
    const { output } = context;
    if (context.json) output.json({ root, files });
    else output.result(files.map((file) => relative(context.cwd, join(root, file))).join('\n'));
    const go = root === resolve(context.cwd) ? '' : `cd ${dir} && `;
    output.talk(`${facts.name} is ready. Next: ${go}obn check && obn render`);
    return EXIT.done;
  },
});

async function factsOf(
  { questions }: CommandContext,
  root: string,
  options: Options,
): Promise<NewsletterFacts> {
  const name = await answer('name', options.name, titleCase(basename(root)), newsletterName);
  const from = await answer('from', options.from, 'Your Name <you@your-domain.example>', mailbox);
  return { name, from };

  async function answer<T>(
    flag: string,
    given: string | undefined,
    initial: string,
    read: (text: string) => T,
  ) {
    if (given !== undefined) return read(given);
    if (options.yes) return read(initial);
    if (!questions)
      throw usageError(
        `a newsletter needs a ${flag}`,
        `give it with --${flag}, or take what is made up with --yes`,
      );
    const validate = (text: string) => {
      try {
        read(text);
        return true as const;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    };
    const message = flag === 'name' ? 'Name of the newsletter' : 'Sender (Name <address>)';
    return read(await questions.text(message, { initial, validate }));
  }
}

const ANYBODY: NewsletterFacts = { name: 'N', from: { name: 'N', email: 'n@example.com' } };

function newsletterName(text: string): string {
  const name = text.trim();
  refuse('--name', text, problemOf({ ...ANYBODY, name }));
  return name;
}

/** A name in quotes, in which a backslash takes the next character as it is (RFC 5322 3.2.4), or without. */
const MAILBOX = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<>]*?))\s*<([^<>]*)>\s*$/su;

function mailbox(text: string): NewsletterFacts['from'] {
  const [, quoted, bare, address] = MAILBOX.exec(text) ?? [];
  const name = (quoted?.replace(/\\(.)/gsu, '$1') ?? bare ?? '').trim();
  if (address === undefined || name === '') {
    throw usageError(`a sender has the form "Jane Doe <jane@example.com>", not ${JSON.stringify(text)}`);
  }
  const from = { name, email: address.trim() };
  refuse('--from', text, problemOf({ ...ANYBODY, from }));
  return from;
}

function refuse(flag: string, text: string, problem: string | undefined): void {
  if (problem !== undefined) throw usageError(`${flag} ${JSON.stringify(text)}: ${problem}`);
}

function titleCase(text: string): string {
  return text.replace(/[-_]+/g, ' ').replace(/\b\p{L}/gu, (letter) => letter.toUpperCase());
}

/** Writes what is not there yet; nothing that is there is touched, but .gitignore, which gets what it lacks. */
async function writeNewsletter(
  { clock }: CommandContext,
  root: string,
  facts: NewsletterFacts,
): Promise<string[]> {
  const date = DateTime.fromMillis(clock.now(), { zone: 'UTC' }).toFormat('yyyy-MM-dd');
  const title = 'Hello, World';
  const schema = `../${schemaFile('issue')}`;
  const scaffold = { number: 1, title, date, author: facts.from.name, outline: usualOutline(), schema };
  const wanted: [file: string, text: string, mode?: number][] = [
    [CONFIG_FILE, configText(facts, schemaFile('config'))],
    [join('issues', issueFileName(1, title)), await scaffoldIssue(scaffold)],
    ['subscribers.csv', SAMPLE_LIST, OWNER_ONLY],
    ...workflowFiles(version),
  ];
  const written: string[] = [];
  for (const [file, text, mode] of wanted) {
    if (await createFile(join(root, file), text, mode)) written.push(file);
  }
  const ignore = join(root, '.gitignore');
  const before = exists(ignore) ? await readUtf8(ignore) : '';
  const lacking = IGNORED.filter((line) => !before.split(/\r?\n/).includes(line));
  if (lacking.length > 0) {
    const separator = before === '' || before.endsWith('\n') ? '' : '\n';
    await writeFile(ignore, `${before}${separator}${lacking.join('\n')}\n`);
    written.push('.gitignore');
  }
  await writeSchemas(root);
  return written;
}
