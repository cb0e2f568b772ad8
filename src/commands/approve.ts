import { relative } from 'node:path';
import { approvedParts, verdictOn, verdictText } from '../campaign/approval.js';
import { type Compiled, compileIssue } from '../campaign/compile.js';
import { openLedger, openNewsletter } from '../campaign/open.js';
import { refuseDraft } from '../campaign/preconditions.js';
import type { Newsletter } from '../config/load.js';
import type { Approved, Verdict } from '../delivery/approval.js';
import { addApproval, readApprovals } from '../delivery/approval-file.js';
import { EXIT, type ExitCode, usageError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import { findIssueFile } from '../issue/store.js';
import { anybody } from '../message/anybody.js';
import type { Environment } from '../platform/process.js';
import { fillText } from '../render/fill.js';
import { type CommandContext, defineCommand } from './command.js';
import { findingsText } from './print/findings.js';
import { columns } from './print/table.js';

interface Options {
  readonly by?: string;
  readonly file?: boolean;
  readonly check?: boolean;
  readonly revoke?: boolean;
  readonly ledger?: string;
}

export const approve = defineCommand<[string], Options>({
  arguments: [{ name: '<issue>', description: 'number or file' }],
  options: [
    { flags: '--by <name>', description: 'who approves; default: who has started this' },
    { flags: '--file', description: 'as a line in approvals/, for git, instead of in the ledger' },
    { flags: '--check', description: 'only say whether it is approved and unchanged' },
    { flags: '--revoke', description: 'take back what the ledger has' },
    { flags: '--ledger <url>', description: 'instead of the ledger of obn.yaml' },
  ],
  examples: [
    ['obn approve 3', 'issue 3 may go out as it is now, and not if it changes'],
    ['obn approve 3 --check', 'exit code 1, and what has changed, when it may not'],
    ['obn approve 3 --file --by "$GITHUB_ACTOR"', 'a line in approvals/003.txt, to be committed'],
  ],
  async run(context, [wanted], options) {
    const modes = [options.file, options.check, options.revoke].filter(Boolean);
    if (modes.length > 1) throw usageError('--file, --check and --revoke exclude each other');
    const newsletter = await openNewsletter(context);
    const file = await findIssueFile(newsletter, wanted);
    if (options.revoke) return revoke(context, newsletter, file.number, options);
    const compiled = await compileIssue(newsletter, file, context.clock.now());
    const parts = await approvedParts(newsletter, compiled);
    if (options.check) return check(context, newsletter, compiled, parts, options);
    refuseDraft(compiled.issue);
    return record(context, newsletter, compiled, parts, options);
  },
});

async function record(
  context: CommandContext,
  newsletter: Newsletter,
  { issue, message, warnings }: Compiled,
  parts: Approved,
  options: Options,
): Promise<ExitCode> {
  const { clock, cwd, env, json, output } = context;
  if (warnings.length > 0) output.talk(findingsText(warnings, output.talkStyle));
  const by = nameOf(options.by, env);
  // To the second, as a line in git has it.
  const at = Math.floor(clock.now() / 1_000) * 1_000;
  const approval = { issue: issue.number, ...parts, by, at };
  let where = 'the ledger';
  if (options.file) where = relative(cwd, await addApproval(newsletter.root, approval));
  else {
    const ledger = await openLedger(newsletter, context, { ledger: options.ledger, create: true });
    try {
      if (await ledger.find(issue.number, 'live')) {
        const hint = `what was frozen then is what is sent; see \`obn status ${issue.number}\``;
        throw usageError(`issue #${issue.number} has been sent, or has begun to be`, hint);
      }
      await ledger.approve(approval);
    } finally {
      await ledger.close();
    }
  }
  if (json) output.json(documentOf(issue.number, parts, { kind: 'approved', approval }));
  else {
    const rows = [
      ['  Subject', visible(fillText(message.subject, anybody(message).values))],
      ['  Audience', audienceText(newsletter, issue.segment)],
      ['  Approved by', `${visible(by)}, in ${where}`],
      ['  Content', parts.content],
      ['  Query', parts.audience],
    ];
    output.result(`${output.style.bold(`Issue #${issue.number}`)} is approved as it is\n${columns(rows)}`);
  }
  return EXIT.done;
}

async function check(
  context: CommandContext,
  newsletter: Newsletter,
  { issue }: Compiled,
  parts: Approved,
  { ledger: url }: Options,
): Promise<ExitCode> {
  const ledger = await openLedger(newsletter, context, { ledger: url, create: false });
  try {
    const verdict = await verdictOn(newsletter, ledger, issue.number, parts);
    if (context.json) context.output.json(documentOf(issue.number, parts, verdict));
    else context.output.result(verdictText(issue.number, verdict));
    return verdict.kind === 'approved' ? EXIT.done : EXIT.findings;
  } finally {
    await ledger.close();
  }
}

async function revoke(
  context: CommandContext,
  newsletter: Newsletter,
  issue: number,
  { ledger: url }: Options,
): Promise<ExitCode> {
  const ledger = await openLedger(newsletter, context, { ledger: url, create: false });
  try {
    const revoked = await ledger.disapprove(issue);
    const lines = (await readApprovals(newsletter, issue)).length;
    const done = revoked ? 'its approval is taken back' : 'there was no approval in the ledger';
    if (context.json) context.output.json({ issue, revoked });
    else context.output.result(`Issue #${issue}: ${done}`);
    if (lines > 0) context.output.talk('What stands in approvals/ is taken back by deleting the line there.');
    return EXIT.done;
  } finally {
    await ledger.close();
  }
}

function documentOf(issue: number, { content, audience }: Approved, verdict: Verdict) {
  const approval = verdict.kind === 'missing' ? undefined : verdict.approval;
  return {
    issue,
    approved: verdict.kind === 'approved',
    changed: verdict.kind === 'changed' ? verdict.changed : [],
    content,
    audience,
    by: approval?.by ?? null,
    at: approval ? new Date(approval.at).toISOString() : null,
  };
}

function audienceText({ config }: Newsletter, segment: string | undefined): string {
  const query =
    segment === undefined ? '' : `, segment ${segment}: ${JSON.stringify(config.audience.segments[segment])}`;
  return visible(`${config.audience.file}${query}`);
}

/** Who approves: whom the flag names, or whom the machine says that it works for. */
function nameOf(given: string | undefined, env: Environment): string {
  const name = given ?? env.GITHUB_ACTOR ?? env.GITLAB_USER_LOGIN ?? env.USER ?? env.USERNAME;
  const text = visible(name ?? '').trim();
  if (text !== '') return text;
  throw usageError('an approval says who has given it', 'name yourself with --by NAME');
}
