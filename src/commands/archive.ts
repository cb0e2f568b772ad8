import { relative, resolve } from 'node:path';
import { type Built, buildSite } from '../archive/build.js';
import type { Newsletter } from '../config/load.js';
import { sitePath } from '../config/schema.js';
import { EXIT, usageError } from '../findings/error.js';
import { type CommandContext, defineCommand } from './command.js';
import { archiveText } from './print/archive.js';
import { openNewsletter } from './support/open.js';

interface Options {
  readonly out?: string;
  readonly base?: string;
}

export const archive = defineCommand<[], Options>({
  options: [
    { flags: '--out <dir>', description: 'the folder of the site; default: archive.out of obn.yaml' },
    {
      flags: '--base <path>',
      description: 'where it is on its host, such as /news; default: the path of newsletter.url',
      parse: basePath,
    },
  ],
  examples: [
    ['obn archive', 'the site of every public issue'],
    ['obn archive --base /preview --out /tmp/site', 'to be looked at under another path'],
  ],
  async run(context, _, options) {
    const newsletter = await openNewsletter(context);
    const built = await build(context, newsletter, options);
    print(context, built, outOf(context, newsletter, options));
    return EXIT.done;
  },
});

function basePath(text: string): string {
  const read = sitePath.safeParse(text);
  if (read.success) return read.data;
  throw usageError(`--base takes a path on the host, such as / or /news, not "${text}"`);
}

function outOf({ cwd }: CommandContext, { root, config }: Newsletter, { out }: Options): string {
  return out === undefined ? resolve(root, config.archive.out) : resolve(cwd, out);
}

function build(context: CommandContext, newsletter: Newsletter, options: Options): Promise<Built> {
  const out = outOf(context, newsletter, options);
  return buildSite({ newsletter, out, base: options.base, now: context.clock.now() });
}

function print({ cwd, json, output }: CommandContext, built: Built, out: string): void {
  const folder = relative(cwd, out) || '.';
  if (json) {
    const { issues, hidden, rendered, written, removed, files, left, place } = built;
    output.json({ folder, url: place.url, issues, hidden, rendered, files, written, removed, left });
  } else output.result(archiveText(built, folder));
}
