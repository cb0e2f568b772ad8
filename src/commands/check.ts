import { type CheckResult, checkAll } from '../check/check-all.js';
import { CONFIG_FILE, readNewsletter } from '../config/load.js';
import { EXIT, usageError } from '../findings/error.js';
import { findingDocument } from '../findings/finding.js';
import { githubAnnotation } from '../findings/github-annotation.js';
import { type CommandContext, defineCommand, option, outcomes } from './command.js';
import { findingsText, summary } from './print/findings.js';
import { linkProgress, linksText, privateLinksText } from './print/links.js';
import { spamProgress, spamText } from './print/spam.js';
import { oneOf } from './support/parse.js';

const FORMATS = ['text', 'json', 'github'] as const;

interface Options {
  readonly strict?: boolean;
  readonly format?: (typeof FORMATS)[number];
  readonly list?: string;
  readonly links?: boolean;
  readonly allowPrivate?: boolean;
  readonly spam?: boolean;
}

export const check = defineCommand<[string[]], Options>({
  arguments: [{ name: '[issues...]', description: 'numbers or files; default: all issues' }],
  options: [
    option('--strict', 'treat warnings as errors'),
    option('--links', 'request every link, to find dead ones'),
    option('--allow-private', 'with --links: also request links to private addresses'),
    option('--spam', 'score the email with SpamAssassin, if it is installed'),
    option('--list <file>', 'check against this list instead of the one in obn.yaml'),
    option('--format <format>', FORMATS.join(', '), oneOf(FORMATS)),
  ],
  examples: [
    ['obn check', 'check everything: issues, list and configuration'],
    ['obn check 3 --strict', 'check one issue, and fail on warnings too'],
    ['obn check 3 --links --spam', 'also check its links and its spam score'],
    ['obn check --format github', 'print annotations for a pull request'],
  ],
  json: "{ errors: number; warnings: number; findings: { file: string; line: number; column: number; severity: 'error' | 'warning' | 'info'; rule: string; message: string; hint?: string }[]; links?: object; spam?: object[] }",
  outcomes: outcomes(
    [EXIT.done, 'there are no errors; warnings may be printed'],
    [EXIT.findings, 'there is an error, or a warning with `--strict`'],
    [EXIT.usage, 'there is no such issue'],
  ),
  async run(context, [wanted], options) {
    if (options.allowPrivate && !options.links) throw usageError('--allow-private needs --links');
    const result = await resultOf(context, wanted, options);
    if (result.issues === 0 && wanted.length === 0)
      context.output.talk(
        `No issues yet. Checked ${CONFIG_FILE} and the list. Create an issue with: obn new`,
      );
    return print(context, options, result);
  },
});

type Found = Pick<CheckResult, 'findings' | 'links' | 'spam'> & Partial<Pick<CheckResult, 'issues'>>;

async function resultOf(
  { cwd, env, clock, output, interruptible }: CommandContext,
  wanted: readonly string[],
  { list, links, allowPrivate, spam }: Options,
): Promise<Found> {
  const loaded = await readNewsletter(cwd, env);
  if ('findings' in loaded) return { findings: [...loaded.findings] };
  return checkAll({ env, clock }, loaded.newsletter, wanted, {
    ...{ list, spam, links: links ? { allowPrivate } : undefined },
    interruptible: () => interruptible('Stopping.'),
    onLink: (progress) => output.progress(...linkProgress(progress)),
    onSpam: (progress) => output.progress(...spamProgress(progress)),
  });
}

function print({ json, output }: CommandContext, options: Options, { findings, links, spam }: Found): 0 | 1 {
  const { errors, warnings, text } = summary(findings);
  const format = json ? 'json' : (options.format ?? 'text');
  const more = { ...(links && { links: links.counts }), ...(spam && { spam: spam.reports }) };
  if (links && links.refused > 0) output.talk(privateLinksText(links.refused));
  if (format === 'json') output.json({ errors, warnings, findings: findings.map(findingDocument), ...more });
  else if (format === 'github') for (const finding of findings) output.result(githubAnnotation(finding));
  else if (findings.length > 0) output.result(findingsText(findings, output.style));
  if (links) output.talk(linksText(links.counts));
  if (format !== 'json') {
    for (const report of spam?.reports ?? []) output.result(spamText(report, output.style));
  }
  output.talk(findings.length === 0 ? output.talkStyle.green('No problems found.') : text);
  return errors > 0 || (options.strict && warnings > 0) ? EXIT.findings : EXIT.done;
}
