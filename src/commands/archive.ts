import { join, relative, resolve } from 'node:path';
import { openNewsletter } from '../campaign/open.js';
import { ownerOf, siteFolderProblem } from '../campaign/output-path.js';
import { CONFIG_FILE, type Newsletter } from '../config/load.js';
import { sitePath } from '../config/schema.js';
import { configurationError, EXIT, type ExitCode, ObnError, usageError } from '../findings/error.js';
import type { Finding } from '../findings/finding.js';
import { WakeSignal } from '../platform/wake-signal.js';
import { type Built, buildSite } from '../site/build.js';
import { type CommandContext, defineCommand } from './command.js';
import { archiveJson, archiveText } from './print/archive.js';
import { findingsText, summary } from './print/findings.js';
import { sayMisnamed } from './support/say-misnamed.js';

interface Options {
  readonly out?: string;
  readonly base?: string;
  readonly check?: boolean;
  readonly watch?: boolean;
}

export const archive = defineCommand<[], Options>({
  options: [
    { flags: '--out <dir>', description: 'the folder of the site; default: archive.out of obn.yaml' },
    {
      flags: '--base <path>',
      description: 'where it is on its host, such as /news; default: the path of newsletter.url',
      parse: basePath,
    },
    {
      flags: '--check',
      description: 'find links within the site that are broken, and pictures that are missing',
    },
    {
      flags: '--watch',
      description: 'build again whenever something changes, or the day of an issue begins',
    },
  ],
  examples: [
    ['obn archive', 'the site of every public issue'],
    ['obn archive --check', 'and fail when something in it is broken'],
    ['obn archive --base /preview --out /tmp/site', 'to be looked at under another path'],
  ],
  async run(context, _, options) {
    if (options.watch && context.json) throw usageError('--watch never ends, so it has no JSON document');
    return options.watch ? watch(context, options) : (await build(context, options)).exitCode;
  },
});

function basePath(text: string): string {
  const read = sitePath.safeParse(text);
  if (read.success) return read.data;
  throw usageError(`--base takes a path on the host, such as / or /news, not "${text}"`);
}

interface Ended {
  readonly exitCode: ExitCode;
  /** When there will be another public issue; see {@link Built}. */
  readonly next: number | undefined;
}

async function build(context: CommandContext, options: Options): Promise<Ended> {
  const newsletter = await openNewsletter(context);
  const out = siteFolder(context, newsletter, options.out);
  const waiting = () => context.output.talk('Another build of this folder has to end first.');
  const built = await buildSite({ newsletter, out, base: options.base, now: context.clock.now(), waiting });
  const findings = options.check ? await check(built, out) : undefined;
  await sayMisnamed(context, newsletter);
  print(context, built, relative(context.cwd, out) || '.', findings);
  return { exitCode: findings?.length ? EXIT.findings : EXIT.done, next: built.next };
}

/** @throws ObnError when building there would publish, or mix up, what the newsletter consists of */
function siteFolder(context: CommandContext, newsletter: Newsletter, given: string | undefined): string {
  const { root, config, document } = newsletter;
  const out = given === undefined ? resolve(root, config.archive.out) : resolve(context.cwd, given);
  const problem = siteFolderProblem(ownerOf(newsletter, context.env), out);
  if (problem === undefined) return out;
  if (given !== undefined)
    throw configurationError(problem, { hint: 'name a folder of its own, such as --out site' });
  const hint = 'name a folder of its own, such as site';
  const findings = [document.finding('error', 'archive/out', document.at(['archive', 'out']), problem, hint)];
  throw configurationError(`${CONFIG_FILE} has an error`, { findings });
}

async function check(built: Built, out: string): Promise<Finding[]> {
  const { siteFindings } = await import('../site/links/findings.js');
  return siteFindings(built, out);
}

function print(
  { json, output }: CommandContext,
  built: Built,
  folder: string,
  findings?: readonly Finding[],
): void {
  if (json) {
    output.json(archiveJson(built, folder, findings));
    return;
  }
  output.result(archiveText(built, folder));
  if (built.lacking.size > 0) output.talk(output.talkStyle.yellow(lackingText(built)));
  if (!findings) return;
  if (findings.length > 0) output.result(findingsText(findings, output.style));
  output.talk(findings.length === 0 ? output.talkStyle.green('No broken links.') : summary(findings).text);
}

function lackingText({ lacking }: Built): string {
  const letters = [...new Set([...lacking.values()].join(''))].slice(0, SOME_LETTERS).join('');
  const issues = [...lacking.keys()].map((number) => `#${number}`).slice(0, SOME_ISSUES);
  const more = lacking.size > SOME_ISSUES ? ` and ${lacking.size - SOME_ISSUES} more` : '';
  return `No font has ${letters}, so the share images of ${issues.join(', ')}${more} leave it out. Set archive.card_font to a font file that has it.`;
}

const UNWATCHED =
  'The system lets obn watch no more files, so some changes will not be seen: build again after them, or raise its limit.';
const SOME_LETTERS = 20;
const SOME_ISSUES = 5;

/** What could not be built on the day of an issue is tried again after so long, if nothing changes before. */
const AGAIN_MS = 3_600_000;

/**
 * Builds now, after each change, and when the day of an issue begins, until it is stopped.
 * @throws what the first build does
 */
async function watch(context: CommandContext, options: Options): Promise<ExitCode> {
  const { watchPaths } = await import('../platform/watch.js');
  const { root } = await openNewsletter(context);
  const bell = new WakeSignal(context.clock);
  const paths = ['issues', 'snippets', 'templates', CONFIG_FILE].map((name) => join(root, name));
  // Before the first build, so that nothing that is saved during it is missed.
  const watcher = await watchPaths(paths, {
    change: () => bell.ring(),
    exhausted: () => context.output.talk(UNWATCHED),
  });
  try {
    const { next } = await build(context, options);
    const { signal, dispose } = context.interruptible('The site is watched no more.');
    signal.addEventListener('abort', () => bell.ring());
    context.output.talk('The site follows every change. Ctrl-C ends it.');
    await follow(context, options, { bell, signal, next }).finally(dispose);
    return EXIT.done;
  } finally {
    await watcher.close();
  }
}

interface Watch {
  readonly bell: WakeSignal;
  readonly signal: AbortSignal;
  readonly next: number | undefined;
}

/** Builds whenever it rings, and when the next issue is due; what is wrong is told, and the site stays as it was. */
async function follow(context: CommandContext, options: Options, { bell, signal, ...first }: Watch) {
  for (let { next } = first; ; ) {
    await bell.wait(next);
    if (signal.aborted) return;
    try {
      next = (await build(context, options)).next;
    } catch (error) {
      tell(context, error);
      const now = context.clock.now();
      if (next !== undefined && next <= now) next = now + AGAIN_MS;
    }
  }
}

/** @throws the error itself, when it is not about what the author has written. */
function tell({ output }: CommandContext, error: unknown): void {
  if (!(error instanceof ObnError)) throw error;
  output.talk(`${output.talkStyle.red('error:')} ${error.message}`);
  if (error.findings.length > 0) output.talk(findingsText(error.findings, output.talkStyle));
  if (error.hint) output.talk(output.talkStyle.cyan(error.hint));
}
