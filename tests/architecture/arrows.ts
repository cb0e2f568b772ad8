import { posix } from 'node:path';

/** Which folders of src each folder may import; `findings` and `text` hold what others share. */
export const ARROWS: Readonly<Record<string, readonly string[]>> = {
  findings: [],
  text: [],
  platform: ['findings'],
  merge: [],
  templates: ['findings', 'text'],
  document: ['findings', 'text'],
  config: ['findings', 'text', 'document', 'transport', 'platform'],
  issue: ['findings', 'text', 'document', 'templates', 'platform'],
  render: ['findings', 'text', 'document', 'merge', 'config', 'issue', 'templates', 'platform'],
  audience: ['findings', 'merge', 'platform'],
  message: ['audience', 'render', 'config', 'transport'],
  transport: ['findings', 'text', 'document', 'platform'],
  ledger: ['findings', 'message', 'platform'],
  delivery: ['findings', 'config', 'audience', 'message', 'transport', 'ledger', 'platform'],
  check: [
    'findings',
    'text',
    'document',
    'config',
    'issue',
    'templates',
    'render',
    'audience',
    'message',
    'platform',
  ],
  doctor: ['findings', 'config', 'message', 'transport', 'ledger', 'delivery', 'campaign', 'platform'],
  site: ['findings', 'document', 'config', 'issue', 'templates', 'render', 'platform'],
  preview: [
    ...['findings', 'config', 'issue', 'audience', 'render', 'message', 'check', 'campaign', 'collect'],
    'platform',
  ],
  serve: [
    'campaign',
    ...[
      'findings',
      'config',
      'audience',
      'render',
      'templates',
      'message',
      'transport',
      'ledger',
      'platform',
    ],
  ],
  campaign: [
    ...['findings', 'text', 'config', 'issue', 'render', 'audience', 'message', 'transport', 'ledger'],
    ...['delivery', 'check', 'site', 'platform'],
  ],
  subscribers: [
    ...[
      'findings',
      'text',
      'config',
      'audience',
      'message',
      'ledger',
      'delivery',
      'transport',
      'campaign',
      'platform',
    ],
  ],
  guide: ['text', 'merge', 'document', 'templates', 'issue', 'check'],
  init: ['findings', 'text', 'config', 'issue', 'audience', 'campaign', 'platform'],
  collect: ['findings', 'text', 'document', 'config', 'issue', 'templates', 'check', 'init', 'platform'],
  commands: [
    ...['text', 'campaign', 'subscribers', 'init', 'guide', 'collect'],
    ...[
      'findings',
      'config',
      'issue',
      'render',
      'audience',
      'message',
      'delivery',
      'check',
      'preview',
      'doctor',
      'serve',
      'site',
    ],
    'platform',
  ],
  api: [
    ...['findings', 'config', 'issue', 'delivery', 'check', 'campaign', 'subscribers', 'serve', 'site'],
    ...['collect', 'platform'],
  ],
  cli: ['findings', 'commands', 'platform'],
};

/** What stands in cli and platform alone, so that everything else can be moved by a test. */
const OUTER_ONLY: readonly (readonly [string, RegExp])[] = [
  ['console', /\bconsole\./],
  ['process', /\bprocess\.(?!js)/],
  ['the time of day', /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|DateTime\.(now|local|utc)\(\)/],
  ['timers', /\bset(Timeout|Interval|Immediate)\(/],
  ['the file system', /'(node:)?fs(\/promises)?'/],
  ['network servers', /'(node:)?(http|https|net|tls)'/],
];

/** What runs in a browser, where the clock is the browser's own. */
const IN_BROWSER = ['preview/page/', 'site/page/', 'site/search/page/'];

/** The rooms in which a command may also be helped; a group of commands may load those of its own folder. */
const COMMAND_HELP = /^(command|terminal|table|warm|support\/|print\/)/;

/**
 * Every arrow and every word that is not allowed.
 * @param files text of the files by their path below src, such as `render/render.ts`
 */
export function violations(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) => [...wrongImports(path, text), ...wrongWords(path, text)]);
}

function wrongImports(path: string, text: string): string[] {
  const room = roomOf(path);
  const allowed = ARROWS[room];
  if (!allowed) return [`${path}: the folder ${room} has no place in the house`];
  return importsOf(text)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(path), specifier))
    .filter((target) => !target.startsWith('../'))
    .flatMap((target) => {
      const other = roomOf(target);
      if (other !== room) return allowed.includes(other) ? [] : [`${path} imports ${target}`];
      const command = room === 'commands' && !COMMAND_HELP.test(path.slice('commands/'.length));
      const help = COMMAND_HELP.test(target.slice('commands/'.length));
      const own = target.startsWith(path.replace(/\.[jt]s$/, '/'));
      return command && !help && !own ? [`${path} imports another command, ${target}`] : [];
    });
}

function wrongWords(path: string, text: string): string[] {
  if (['cli', 'platform'].includes(roomOf(path)) || IN_BROWSER.some((folder) => path.startsWith(folder)))
    return [];
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  return OUTER_ONLY.filter(([, pattern]) => pattern.test(code)).map(([what]) => `${path} uses ${what}`);
}

/** The specifiers of imports, dynamic imports, re-exports and `require`, and of files that a thread is started from. */
export function importsOf(text: string): string[] {
  const imports = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|\brequire\s*\(\s*)'([^']+)'/g;
  const required = /\bcreateRequire\([^)]*\)\s*\(\s*'([^']+)'/g;
  const scripts = /\bnew URL\(\s*'([^']+)'\s*,\s*import\.meta\.url/g;
  return [imports, required, scripts].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => match[1] ?? ''),
  );
}

function roomOf(path: string): string {
  return path.split('/')[0] ?? '';
}
