import { relative } from 'node:path';
import { openSite } from '../campaign/site-folder.js';
import { misnamedFindings } from '../check/misnamed-findings.js';
import { sitePath } from '../config/schema.js';
import { EXIT, type ExitCode, usageError } from '../findings/error.js';
import { archiveDocument } from '../site/archive-document.js';
import { type Archive, type ArchiveOptions, buildArchive } from '../site/build-archive.js';
import { type CommandContext, defineCommand, option, outcomes } from './command.js';
import { archiveText, failureText, lackingText, SKIPPED, UNWATCHED } from './print/archive.js';
import { findingsText, summary } from './print/findings.js';

interface Options {
  readonly out?: string;
  readonly base?: string;
  readonly check?: boolean;
  readonly watch?: boolean;
}

export const archive = defineCommand<[], Options>({
  options: [
    option('--out <dir>', 'folder for the site; default: archive.out in obn.yaml'),
    option(
      '--base <path>',
      'path of the site on its host, such as /news; default: the path of newsletter.url',
      basePath,
    ),
    option('--check', 'find broken links within the site, and missing images'),
    option('--watch', 'rebuild when a file changes, or when the date of an issue comes'),
  ],
  examples: [
    ['obn archive', 'build the site with every public issue'],
    ['obn archive --check', 'build it, and fail if a link or an image is broken'],
    ['obn archive --base /preview --out /tmp/site', 'build a copy for another path'],
  ],
  json: '{ folder: string; url: string; issues: number; hidden: number; rendered: number; files: number; written: number; removed: number; left: number; findings?: object[] }',
  outcomes: outcomes(
    [EXIT.done, 'obn built the site'],
    [EXIT.findings, 'an issue has errors; with `--check`: a link is broken or an image is missing'],
  ),
  async run(context, _, { watch, out, base, check }) {
    if (watch && context.json) throw usageError('--watch does not end, so it cannot print a JSON document');
    const { clock, output } = context;
    const onWaiting = () => output.talk('Waiting for another build of this folder to finish.');
    const options = { clock, open: () => openSite(context, out), base, check, onWaiting };
    if (watch) return follow(context, options);
    const archive = await buildArchive(options);
    await print(context, archive);
    return archive.findings?.length ? EXIT.findings : EXIT.done;
  },
});

function basePath(text: string): string {
  const read = sitePath.safeParse(text);
  if (read.success) return read.data;
  throw usageError(`--base takes a path on the host, such as / or /news, not "${text}"`);
}

async function follow(context: CommandContext, options: ArchiveOptions): Promise<ExitCode> {
  const { watchArchive } = await import('../site/watch-archive.js');
  const { output, interruptible } = context;
  await watchArchive({
    ...options,
    interruptible: () => interruptible('Stopped watching.'),
    onBuilt: (archive) => print(context, archive),
    onWatching: () => output.talk('Watching for changes. Press Ctrl-C to stop.'),
    onFailure: (error) => output.talk(failureText(error, output.talkStyle)),
    onExhausted: () => output.talk(UNWATCHED),
  });
  return EXIT.done;
}

async function print(context: CommandContext, { newsletter, built, out, findings }: Archive): Promise<void> {
  const { json, output, cwd } = context;
  const misnamed = await misnamedFindings(newsletter);
  if (misnamed.length > 0) output.talk(findingsText(misnamed, output.talkStyle));
  if (built.skipped.length > 0) output.talk(`${SKIPPED}\n${findingsText(built.skipped, output.talkStyle)}`);
  const folder = relative(cwd, out) || '.';
  if (json) {
    output.json(archiveDocument(built, folder, findings));
    return;
  }
  output.result(archiveText(built, folder));
  if (built.lacking.size > 0) output.talk(output.talkStyle.yellow(lackingText(built)));
  if (!findings) return;
  if (findings.length > 0) output.result(findingsText(findings, output.style));
  output.talk(findings.length === 0 ? output.talkStyle.green('No broken links.') : summary(findings).text);
}
