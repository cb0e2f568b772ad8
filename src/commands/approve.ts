import { relative } from 'node:path';
import { verdictOn } from '../campaign/approval.js';
import { approvalDocument } from '../campaign/approval-document.js';
import {
  type Approvable,
  approvable,
  approvalOf,
  approverName,
  recordApproval,
  revokeApproval,
  writeApproval,
} from '../campaign/approve-issue.js';
import { type Campaign, withCampaign } from '../campaign/open-campaign.js';
import { refuseDraft } from '../campaign/preconditions.js';
import { openNewsletter } from '../config/load.js';
import { EXIT, type ExitCode, usageError } from '../findings/error.js';
import { findIssueFile } from '../issue/store.js';
import { type CommandContext, defineCommand, option, outcomes } from './command.js';
import { approvalText, verdictText } from './print/approval.js';
import { findingsText } from './print/findings.js';

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
    option('--by <name>', 'who approves; default: the current user'),
    option('--file', 'write a line in approvals/ for git, instead of to the ledger'),
    option('--check', 'only report whether it is approved and unchanged'),
    option('--revoke', 'revoke the approval in the ledger'),
    option('--ledger <url>', 'use this ledger instead of the one in obn.yaml'),
  ],
  examples: [
    ['obn approve 3', 'approve issue 3 as it is now; a change revokes the approval'],
    ['obn approve 3 --check', 'exit code 1 if it may not be sent, with what has changed'],
    ['obn approve 3 --file --by "$GITHUB_ACTOR"', 'write a line to approvals/003.txt, to be committed'],
  ],
  json: '{ issue: number; approved: boolean; changed: string[]; content: string; audience: string; by: string | null; at: string | null }, or with --revoke { issue: number; revoked: boolean }',
  outcomes: outcomes(
    [EXIT.done, 'the issue is approved; with `--revoke`: the ledger has no approval any more'],
    [
      EXIT.findings,
      'the issue is a draft or has errors; with `--check`: it is not approved, or has changed since',
    ],
    [EXIT.usage, 'there is no such issue'],
  ),
  async run(context, [wanted], options) {
    const modes = [options.file, options.check, options.revoke].filter(Boolean);
    if (modes.length > 1) throw usageError('--file, --check and --revoke cannot be used together');
    const newsletter = await openNewsletter(context.cwd, context.env);
    const file = await findIssueFile(newsletter, wanted);
    const within = <T>(create: boolean, work: (campaign: Campaign) => Promise<T>) =>
      withCampaign(
        context,
        { newsletter, create, ledger: options.ledger, onNotice: context.output.talk },
        work,
      );
    if (options.revoke) return within(false, (campaign) => revoke(context, campaign, file.number));
    const found = await approvable(newsletter, file, context.clock.now());
    if (options.check) return within(false, (campaign) => check(context, campaign, found));
    const { issue, warnings } = found.compiled;
    refuseDraft(issue);
    const { cwd, env, json, output } = context;
    if (warnings.length > 0) output.talk(findingsText(warnings, output.talkStyle));
    const approval = approvalOf(found, approverName(options.by, env), context);
    let where = 'the ledger';
    if (options.file) where = relative(cwd, await writeApproval(newsletter, approval));
    else await within(true, (campaign) => recordApproval(campaign, approval));
    if (json) output.json(approvalDocument(issue.number, found.parts, { kind: 'approved', approval }));
    else output.result(approvalText(newsletter.config, found, approval, where, output.style));
    return EXIT.done;
  },
});

async function check(
  { json, output }: CommandContext,
  { newsletter, ledger }: Campaign,
  { compiled, parts }: Approvable,
): Promise<ExitCode> {
  const { number } = compiled.issue;
  const verdict = await verdictOn(newsletter, ledger.approvals, number, parts);
  if (json) output.json(approvalDocument(number, parts, verdict));
  else output.result(verdictText(number, verdict));
  return verdict.kind === 'approved' ? EXIT.done : EXIT.findings;
}

async function revoke(
  { json, output }: CommandContext,
  campaign: Campaign,
  issue: number,
): Promise<ExitCode> {
  const { revoked, lines } = await revokeApproval(campaign, issue);
  const done = revoked ? 'approval revoked' : 'no approval in the ledger';
  if (json) output.json({ issue, revoked });
  else output.result(`Issue #${issue}: ${done}`);
  if (lines > 0) output.talk('To revoke an approval in approvals/, delete its line there.');
  return EXIT.done;
}
