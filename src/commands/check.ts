import {
  type CheckedIssue,
  checkIssue,
  checkNewsletter,
  fileFinding,
  type List,
  openList,
} from '../check/check.js';
import { CONFIG_FILE, type Newsletter, readNewsletter } from '../config/load.js';
import { EXIT, FileError, usageError } from '../findings/error.js';
import { compareFindings, type Finding } from '../findings/finding.js';
import type { Issue, ParsedIssue } from '../issue/issue.js';
import { findIssueFile, type IssueFile, listIssueFiles, readAllIssues } from '../issue/store.js';
import { type CommandContext, defineCommand } from './command.js';
import { findingJson, findingsText, githubAnnotation, summary } from './print/findings.js';
import { linksText } from './print/links.js';
import { spamText } from './print/spam.js';
import type { LinkCheck } from './support/check-links.js';
import type { SpamCheck } from './support/check-spam.js';
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
  arguments: [{ name: '[issues...]', description: 'numbers or files; all of them when left out' }],
  options: [
    { flags: '--strict', description: 'warnings count as errors' },
    { flags: '--links', description: 'ask the network whether every link is still there' },
    {
      flags: '--allow-private',
      description: 'with --links: request links to this machine and its network, too',
    },
    { flags: '--spam', description: 'ask SpamAssassin, if this machine has it, what it thinks of the mail' },
    { flags: '--list <file>', description: 'the subscriber list to check against' },
    { flags: '--format <format>', description: FORMATS.join(', '), parse: oneOf('--format', FORMATS) },
  ],
  examples: [
    ['obn check', 'everything: issues, list and configuration'],
    ['obn check 3 --strict', 'one issue, and not a single warning'],
    ['obn check 3 --links --spam', 'its links and its spam score as well'],
    ['obn check --format github', 'annotations for a pull request'],
  ],
  async run(context, [wanted], options) {
    if (options.allowPrivate && !options.links) throw usageError('--allow-private is for --links');
    const { findings, links, spam } = await findAll(context, wanted, options);
    const { errors, warnings, text } = summary(findings);
    const format = context.json ? 'json' : (options.format ?? 'text');
    const { output } = context;
    const more = { ...(links && { links: links.counts }), ...(spam && { spam: spam.reports }) };
    if (format === 'json') output.json({ errors, warnings, findings: findings.map(findingJson), ...more });
    else if (format === 'github') for (const finding of findings) output.result(githubAnnotation(finding));
    else if (findings.length > 0) output.result(findingsText(findings, output.style));
    if (links) output.talk(linksText(links.counts));
    if (format !== 'json') {
      for (const report of spam?.reports ?? []) output.result(spamText(report, output.style));
    }
    output.talk(findings.length === 0 ? output.talkStyle.green('No problems found.') : text);
    return errors > 0 || (options.strict && warnings > 0) ? EXIT.findings : EXIT.done;
  },
});

interface Found {
  readonly findings: Finding[];
  /** Where they were asked for. */
  readonly links?: LinkCheck;
  readonly spam?: SpamCheck;
}

async function findAll(context: CommandContext, wanted: readonly string[], options: Options): Promise<Found> {
  const loaded = await readNewsletter(context.cwd, context.env);
  if ('findings' in loaded) return { findings: [...loaded.findings] };
  const { newsletter } = loaded;
  const all = await readAllIssues(newsletter);
  const issues = all.flatMap(({ parsed }) => ('issue' in parsed ? [parsed.issue] : []));
  const numbers = all.map(({ file }) => file.number);
  const whole = await checkNewsletter(newsletter, issues, () => openList(newsletter, options.list), {
    numbers,
  });
  const chosen = await choose(newsletter, wanted);
  const files = new Set(chosen.map((file) => file.name));
  const read = chosen.flatMap((file) => all.find((one) => one.file.path === file.path) ?? []);
  const { findings, checked } = await checkEach(newsletter, read, whole.list, context.clock.now());
  const everything = wanted.length === 0;
  const about = (finding: Finding) =>
    everything || files.has(finding.file) || !issues.some(({ document }) => document.file === finding.file);
  if (everything && all.length === 0) context.output.talk(`There is no issue yet beside ${CONFIG_FILE}.`);
  const asked = await askOthers(context, newsletter, checked, options);
  findings.push(...(asked.links?.findings ?? []), ...(asked.spam?.findings ?? []));
  return {
    findings: distinct([...whole.findings.filter(about), ...findings]).sort(compareFindings),
    ...asked,
  };
}

/** What several issues have in common, as a template or a part of obn.yaml, is told once. */
function distinct(findings: readonly Finding[]): Finding[] {
  const key = ({ file, line, column, rule, message }: Finding) =>
    JSON.stringify([file, line, column, rule, message]);
  return [...new Map(findings.map((finding) => [key(finding), finding])).values()];
}

type Checked = CheckedIssue & { readonly issue: Issue };

/** What is wrong with each of the issues; what keeps one from being rendered does not keep the others. */
async function checkEach(
  newsletter: Newsletter,
  read: readonly { readonly file: IssueFile; readonly parsed: ParsedIssue }[],
  list: List,
  now: number,
): Promise<{ findings: Finding[]; checked: Checked[] }> {
  const findings: Finding[] = [];
  const checked: Checked[] = [];
  const unrendered = new Map<string, Finding>();
  for (const { file, parsed } of read) {
    if ('findings' in parsed) {
      findings.push(...parsed.findings);
      continue;
    }
    try {
      const result = await checkIssue(newsletter, file, parsed.issue, list, { now });
      checked.push({ issue: parsed.issue, ...result });
      findings.push(...result.findings);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      unrendered.set(error.message, fileFinding(newsletter, error));
    }
  }
  return { findings: [...findings, ...unrendered.values()], checked };
}

/** Asks the network and SpamAssassin, where that is wanted. */
async function askOthers(
  context: CommandContext,
  newsletter: Newsletter,
  checked: readonly Checked[],
  options: Options,
): Promise<Omit<Found, 'findings'>> {
  const asked: { links?: LinkCheck; spam?: SpamCheck } = {};
  if (options.links) {
    const { checkLinks } = await import('./support/check-links.js');
    asked.links = await checkLinks(context, newsletter, checked, options.allowPrivate);
  }
  if (options.spam) {
    const { checkSpam } = await import('./support/check-spam.js');
    asked.spam = await checkSpam(context, newsletter, checked);
  }
  return asked;
}

async function choose(newsletter: Newsletter, wanted: readonly string[]): Promise<IssueFile[]> {
  if (wanted.length === 0) return listIssueFiles(newsletter);
  return Promise.all(wanted.map((one) => findIssueFile(newsletter, one)));
}
