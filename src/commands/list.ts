import { type ListedIssue, listedIssueDocument, listIssues } from '../campaign/list-issues.js';
import { withCampaign } from '../campaign/open-campaign.js';
import { misnamedFindings } from '../check/misnamed-findings.js';
import { EXIT } from '../findings/error.js';
import { type CommandContext, defineCommand, outcomes } from './command.js';
import { findingsText } from './print/findings.js';
import { listedIssuesText } from './print/issues.js';

interface Options {
  readonly ledger?: string;
}

export const list = defineCommand<[], Options>({
  options: [{ flags: '--ledger <url>', description: 'use this ledger instead of the one in obn.yaml' }],
  examples: [['obn list', 'show number, title, date, state and counts of every issue']],
  json: '{ number: number; title: string | null; date: string | null; state: string; file: string; send_at?: string }[]',
  outcomes: outcomes(
    [EXIT.done, 'obn can read every issue'],
    [EXIT.findings, 'obn cannot read an issue; its errors are printed'],
  ),
  run: (context, _, { ledger }) => {
    const { output } = context;
    return withCampaign(context, { ledger, create: false, onNotice: output.talk }, async (campaign) => {
      const issues = await listIssues(campaign);
      const misnamed = await misnamedFindings(campaign.newsletter);
      for (const findings of [...issues.map((issue) => issue.findings), misnamed]) {
        if (findings.length > 0) output.talk(findingsText(findings, output.talkStyle));
      }
      print(context, issues, campaign.newsletter.config.newsletter.timezone);
      return issues.some(({ findings }) => findings.length > 0) ? EXIT.findings : EXIT.done;
    });
  },
});

function print({ clock, json, output }: CommandContext, issues: readonly ListedIssue[], timezone: string) {
  if (json) output.json(issues.map((issue) => listedIssueDocument(issue, timezone)));
  else if (issues.length === 0) output.talk('No issues yet. Create the first with: obn new');
  else output.result(listedIssuesText(issues, timezone, clock.now()));
}
