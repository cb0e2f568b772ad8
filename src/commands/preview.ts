import { relative, resolve } from 'node:path';
import { requireOutputFolder } from '../campaign/output-path.js';
import { ownerOf } from '../campaign/own-files.js';
import { openNewsletter } from '../config/load.js';
import { EXIT, type ExitCode, usageError } from '../findings/error.js';
import { PREVIEW_PORT } from '../preview/port.js';
import type { Preview } from '../preview/preview.js';
import { type CommandContext, defineCommand, option, outcomes } from './command.js';
import { portNumber } from './support/parse.js';

interface Options {
  readonly port?: number;
  readonly open?: boolean;
  readonly screenshots?: string;
}

/** How many newsletters can be previewed at once. */
const MORE_PORTS = 20;

export const preview = defineCommand<[string | undefined], Options>({
  arguments: [{ name: '[issue]', description: 'number or file; default: the newest unsent issue' }],
  options: [
    option('--port <port>', `default: ${PREVIEW_PORT}, or the next free one`, portNumber),
    option('--open', 'open the preview in the browser'),
    option('--screenshots <dir>', 'write screenshots of email and web page, then exit'),
  ],
  examples: [
    ['obn preview', 'preview the newest issue; the page updates on every change'],
    ['obn preview 3 --open', 'open issue 3 in the browser'],
    [
      'obn preview 3 --screenshots shots',
      'write screenshots: phone and desktop, light and dark, images blocked',
    ],
  ],
  json: '{ url: string; port: number }, or with --screenshots { issue: number; files: string[] }',
  outcomes: outcomes(
    [EXIT.done, 'you ended the preview with Ctrl+C, or obn wrote the screenshots'],
    [EXIT.usage, 'there is no such issue'],
  ),
  async run(context, [wanted], { port = PREVIEW_PORT, open = false, screenshots }) {
    const newsletter = await openNewsletter(context.cwd, context.env);
    if (screenshots !== undefined)
      requireOutputFolder(
        ownerOf(newsletter, context.env),
        '--screenshots',
        resolve(context.cwd, screenshots),
      );
    const { talk } = context.output;
    const { firstIssue } = await import('../preview/first-issue.js');
    const issue = await firstIssue(context, newsletter, wanted, talk);
    const page = issue === undefined ? '/' : `/?issue=${issue}`;
    const { openPreview } = await import('../preview/preview.js');
    const running = await openPreview(context, {
      newsletter,
      onNotice: talk,
      port: screenshots === undefined ? port : 0,
      more: MORE_PORTS,
      onBug: (error) => talk(error instanceof Error ? (error.stack ?? '') : String(error)),
      onAdmitted: ({ admit }) => {
        if (screenshots === undefined) talk(`To open the preview in another browser: ${admit(page)}`);
      },
      onBlind: () =>
        talk('Too many watched files: the system limit is reached. Reload the page to see changes.'),
    });
    try {
      if (screenshots !== undefined) return await shoot(context, running, issue, screenshots);
      return await show(context, running, page, { port, open });
    } finally {
      await running.close();
    }
  },
});

async function show(
  context: CommandContext,
  { port, admit }: Preview,
  page: string,
  wanted: { port: number; open: boolean },
): Promise<ExitCode> {
  const { output, json } = context;
  const address = admit(page);
  if (wanted.port !== 0 && wanted.port !== port) {
    output.talk(`Port ${wanted.port} is in use; using ${port}.`);
  }
  if (json) output.json({ url: address, port });
  else output.result(address);
  output.talk('The address works once, in one browser. Watching for changes. Press Ctrl-C to stop.');
  const { signal, dispose } = context.interruptible('Stopped the preview.');
  try {
    if (wanted.open) await (await import('open')).default(address);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return EXIT.done;
  } finally {
    dispose();
  }
}

async function shoot(
  { cwd, env, output, json }: CommandContext,
  running: Preview,
  issue: number | undefined,
  folder: string,
): Promise<ExitCode> {
  const { takeScreenshots } = await import('../preview/screenshots.js');
  if (issue === undefined)
    throw usageError('name the issue to take screenshots of, such as: obn preview 3 --screenshots shots');
  const files = await takeScreenshots(running, issue, resolve(cwd, folder), env);
  const names = files.map((file) => relative(cwd, file));
  if (json) output.json({ issue, files: names });
  else output.result(names.join('\n'));
  return EXIT.done;
}
