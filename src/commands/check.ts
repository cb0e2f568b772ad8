import { checkIssue, checkNewsletter, openList } from '../check/check.js';
import { CONFIG_FILE, type Newsletter, readNewsletter } from '../config/load.js';
import { EXIT } from '../findings/error.js';
import { compareFindings, type Finding } from '../findings/finding.js';
import { findIssueFile, type IssueFile, listIssueFiles, readAllIssues } from '../issue/store.js';
import { type CommandContext, defineCommand } from './command.js';
import { findingJson, findingsText, githubAnnotation, summary } from './print/findings.js';
import { oneOf } from './support/parse.js';

const FORMATS = ['text', 'json', 'github'] as const;

interface Options {
  readonly strict?: boolean;
  readonly format?: (typeof FORMATS)[number];
  readonly list?: string;
}

export const check = defineCommand<[string[]], Options>({
  arguments: [{ name: '[issues...]', description: 'numbers or files; all of them when left out' }],
  options: [
    { flags: '--strict', description: 'warnings count as errors' },
    { flags: '--list <file>', description: 'the subscriber list to check against' },
    { flags: '--format <format>', description: FORMATS.join(', '), parse: oneOf('--format', FORMATS) },
  ],
  examples: [
    ['obn check', 'everything: issues, list and configuration'],
    ['obn check 3 --strict', 'one issue, and not a single warning'],
    ['obn check --format github', 'annotations for a pull request'],
  ],
  async run(context, [wanted], options) {
    const findings = await findAll(context, wanted, options.list);
    const { errors, warnings, text } = summary(findings);
    const format = context.json ? 'json' : (options.format ?? 'text');
    const { output } = context;
    if (format === 'json') output.json({ errors, warnings, findings: findings.map(findingJson) });
    else if (format === 'github') for (const finding of findings) output.result(githubAnnotation(finding));
    else if (findings.length > 0) output.result(findingsText(findings, output.style));
    output.talk(findings.length === 0 ? output.talkStyle.green('Nothing to mend.') : text);
    return errors > 0 || (options.strict && warnings > 0) ? EXIT.findings : EXIT.done;
  },
});

async function findAll(
  context: CommandContext,
  wanted: readonly string[],
  listFile?: string,
): Promise<Finding[]> {
  const loaded = await readNewsletter(context.cwd, context.env);
  if ('findings' in loaded) return [...loaded.findings];
  const { newsletter } = loaded;
  const all = await readAllIssues(newsletter);
  const issues = all.flatMap(({ parsed }) => ('issue' in parsed ? [parsed.issue] : []));
  const whole = await checkNewsletter(newsletter, issues, () => openList(newsletter, listFile));
  const chosen = await choose(newsletter, wanted);
  const findings: Finding[] = [];
  const files = new Set(chosen.map((file) => file.name));
  for (const file of chosen) {
    const parsed = all.find((one) => one.file.path === file.path)?.parsed;
    if (parsed && 'findings' in parsed) findings.push(...parsed.findings);
    else if (parsed)
      findings.push(
        ...(await checkIssue(newsletter, file, parsed.issue, whole.list, { now: context.clock.now() }))
          .findings,
      );
  }
  const everything = wanted.length === 0;
  const about = (finding: Finding) =>
    everything || files.has(finding.file) || !issues.some(({ document }) => document.file === finding.file);
  if (everything && all.length === 0) context.output.talk(`There is no issue yet beside ${CONFIG_FILE}.`);
  return [...whole.findings.filter(about), ...findings].sort(compareFindings);
}

async function choose(newsletter: Newsletter, wanted: readonly string[]): Promise<IssueFile[]> {
  if (wanted.length === 0) return listIssueFiles(newsletter);
  return Promise.all(wanted.map((one) => findIssueFile(newsletter, one)));
}
