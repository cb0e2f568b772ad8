import { resolve } from 'node:path';
import { approvalStatus } from '../campaign/approve-issue.js';
import { chooseIssue } from '../campaign/choose-issue.js';
import { type IssueStatus, issueStatus, watchSend } from '../campaign/issue-status.js';
import { type Campaign, withCampaign } from '../campaign/open-campaign.js';
import { requireOutputFile } from '../campaign/output-path.js';
import { ownerOf } from '../campaign/own-files.js';
import { statusDocument } from '../campaign/status-document.js';
import { openNewsletter } from '../config/load.js';
import { failuresCsv } from '../delivery/failures.js';
import { EXIT, usageError } from '../findings/error.js';
import type { IssueFile } from '../issue/store.js';
import { OWNER_ONLY, writeFile } from '../platform/files.js';
import { timeIso } from '../text/times.js';
import { type CommandContext, defineCommand, option, outcomes } from './command.js';
import { verdictText } from './print/approval.js';
import { pulseText, sentStatusHints, sentStatusText, unsentStatusText } from './print/issue-status.js';

interface Options {
  readonly ledger?: string;
  readonly watch?: boolean;
  readonly report?: string;
}

export const status = defineCommand<[string | undefined], Options>({
  arguments: [{ name: '[issue]', description: 'number or file; default: the newest unsent issue' }],
  options: [
    option('--ledger <url>', 'use this ledger instead of the one in obn.yaml'),
    option('--watch', 'keep updating until the send ends'),
    option('--report <file>', 'write undelivered addresses and reasons as CSV'),
  ],
  examples: [
    ['obn status 3', 'count the deliveries of issue 3 by state'],
    ['obn status 3 --watch', 'show live progress'],
    ['obn status 3 --report missing.csv', 'write the undelivered addresses'],
  ],
  json: '{ issue: number; state: string; audience: object; deliveries: { queued: number; claimed: number; accepted: number; rejected: number; unknown: number }; rejected_in_doubt?: number; send_at?: string }',
  outcomes: outcomes(
    [EXIT.done, 'no delivery was rejected or is unknown'],
    [EXIT.findings, 'some deliveries were rejected or are unknown'],
    [EXIT.usage, 'there is no such issue; with `--report`: it was never sent'],
  ),
  async run(context, [wanted], options) {
    const newsletter = await openNewsletter(context.cwd, context.env);
    const report = options.report === undefined ? undefined : resolve(context.cwd, options.report);
    if (report !== undefined)
      requireOutputFile(ownerOf(newsletter, context.env, options.ledger), '--report', report);
    const { ledger } = options;
    const opening = { newsletter, ledger, create: false, onNotice: context.output.talk };
    return withCampaign(context, opening, async (campaign) => {
      const file = await chooseIssue(campaign, wanted);
      if (options.watch) await watch(context, campaign, file.number);
      const found = await issueStatus(campaign, file);
      if (report !== undefined) {
        await writeReport(campaign, found, report);
        context.output.talk(`Wrote the undelivered addresses and reasons to ${options.report}`);
      }
      await show(context, campaign, file, found);
      const { rejected, unknown } = found.kind === 'sent' ? found.progress.counts : NONE;
      return rejected + unknown > 0 ? EXIT.findings : EXIT.done;
    });
  },
});

const NONE = { rejected: 0, unknown: 0 };

async function writeReport({ ledger }: Campaign, status: IssueStatus, path: string): Promise<void> {
  if (status.kind === 'unsent')
    throw usageError(`issue #${status.issue} has not been sent, so there is nothing to report`);
  await writeFile(path, failuresCsv(ledger.deliveries.failures(status.progress.send.id)), OWNER_ONLY);
}

async function show(
  { clock, json, output }: CommandContext,
  campaign: Campaign,
  file: IssueFile,
  found: IssueStatus,
): Promise<void> {
  const { timezone } = campaign.newsletter.config.newsletter;
  const setting = { style: output.style, now: clock.now(), timezone };
  if (found.kind === 'sent') {
    const { send, state } = found.progress;
    if (json) return output.json(statusDocument(send.issue, state, send.audience, found.progress));
    output.result(sentStatusText(found, setting));
    for (const hint of sentStatusHints(found)) output.talk(hint);
    return;
  }
  const { issue, state, audience, at } = found;
  const document = statusDocument(issue, state, audience);
  if (json) return output.json(at === undefined ? document : { ...document, send_at: timeIso(at, timezone) });
  const verdict = found.needsApproval ? await approvalStatus(campaign, file) : undefined;
  output.result(unsentStatusText(found, verdict && verdictText(issue, verdict), setting));
}

async function watch(context: CommandContext, campaign: Campaign, issue: number): Promise<void> {
  const { signal, dispose } = context.interruptible();
  try {
    for await (const pulse of watchSend(campaign, issue, signal)) {
      const { queued, claimed, ...ended } = pulse.progress.counts;
      const left = queued + claimed;
      const all = left + ended.accepted + ended.rejected + ended.unknown;
      context.output.progress(pulseText(pulse), 1 - left / all);
    }
  } finally {
    dispose();
  }
}
