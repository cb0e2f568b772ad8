import { addLinks } from '../collect/add-links.js';
import { bookmarklet } from '../collect/bookmarklet.js';
import { openNewsletter } from '../config/load.js';
import { EXIT, type ExitCode, usageError } from '../findings/error.js';
import { PREVIEW_PORT } from '../preview/port.js';
import { type CommandContext, defineCommand, option, outcomes } from './command.js';
import { addedLinkJson, addedLinksNotices, addedLinksSummary } from './print/added-links.js';
import { portNumber } from './support/parse.js';

interface Options {
  readonly to?: string;
  readonly section?: string;
  readonly note?: string;
  readonly inbox?: boolean;
  readonly dryRun?: boolean;
  readonly allowPrivate?: boolean;
  readonly bookmarklet?: boolean;
  readonly port?: number;
}

export const add = defineCommand<[string[]], Options>({
  arguments: [
    { name: '[urls...]', description: 'web pages; without any, obn reads one per line from standard input' },
  ],
  options: [
    option('--to <issue>', 'number or file of the issue; default: the newest draft, or a new one'),
    option('--section <heading>', 'heading of the section, created if needed; default: the first with links'),
    option('--note <text>', 'your note on the link, in Markdown'),
    option('--inbox', 'add to links.yaml, from which `obn new` moves the links into the next issue'),
    option('--allow-private', 'request addresses of this machine and its network, too'),
    option('--dry-run', 'print what would be added, and write nothing'),
    option('--bookmarklet', 'print a bookmark that adds the page in your browser, while `obn preview` runs'),
    option(
      '--port <port>',
      `with --bookmarklet: the port of the preview; default: ${PREVIEW_PORT}`,
      portNumber,
    ),
  ],
  examples: [
    ['obn add https://12factor.net', 'add a page, with its title, author and site, to the newest draft'],
    ['obn add https://12factor.net --to 3 --section "Worth reading"', 'add it to a section of issue 3'],
    ['obn add < urls.txt', 'add each page of a list'],
  ],
  json: '{ added: { url: string; title: string; author: string | null; source: string | null; file: string; line: number }[] }, or with --bookmarklet { bookmarklet: string }',
  outcomes: outcomes(
    [EXIT.done, 'the links were added, even if obn could not read their pages, or are in the issue already'],
    [EXIT.findings, 'the issue or links.yaml has errors; nothing was added'],
    [EXIT.usage, 'a URL is invalid or leads to a private network, or there is no URL; nothing was added'],
    [EXIT.stopped, 'you pressed Ctrl+C; nothing was added'],
  ),
  async run(context, [given], options) {
    const { cwd, env, json, output } = context;
    const newsletter = await openNewsletter(cwd, env);
    if (options.bookmarklet) return printBookmarklet(context, newsletter.root, options.port);
    if (options.port !== undefined) throw usageError('--port is for --bookmarklet');
    const urls = given.length > 0 ? given : await urlsFromInput(context);
    const result = await interruptibly(context, (signal) =>
      addLinks(context, newsletter, urls, { ...options, signal, onNotice: (text) => output.talk(text) }),
    );
    if (json) output.json({ added: result.added.map(addedLinkJson) });
    else if (options.dryRun && result.yaml !== '') output.result(result.yaml);
    else for (const { file, line, title } of result.added) output.result(`${file}:${line} ${title}`);
    for (const line of addedLinksNotices(result)) output.talk(line);
    output.talk(addedLinksSummary(result, options.dryRun ?? false));
    return EXIT.done;
  },
});

async function printBookmarklet(
  { json, output }: CommandContext,
  root: string,
  port = PREVIEW_PORT,
): Promise<ExitCode> {
  const address = await bookmarklet(root, port);
  if (json) output.json({ bookmarklet: address });
  else output.result(address);
  output.talk('Save it as a bookmark. It contains a secret of this newsletter, so do not share it.');
  return EXIT.done;
}

async function interruptibly<T>(
  context: CommandContext,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, dispose } = context.interruptible('Stopping. Nothing is added.');
  try {
    return await work(signal);
  } finally {
    dispose();
  }
}

async function urlsFromInput({ readInput }: CommandContext): Promise<string[]> {
  const lines = ((await readInput?.()) ?? '').split('\n').map((line) => line.trim());
  const urls = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (urls.length > 0) return urls;
  throw usageError('there is no URL to add', 'name one: obn add https://example.com/page');
}
