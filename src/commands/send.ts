import { acceptLedger } from '../campaign/accept-ledger.js';
import { chooseIssue } from '../campaign/choose-issue.js';
import { withCampaign } from '../campaign/open-campaign.js';
import { sendDue } from '../campaign/send-due.js';
import { sendIssue } from '../campaign/send-issue.js';
import { outcomeDocument } from '../campaign/status-document.js';
import { sendTestCopies } from '../campaign/test-copy.js';
import { EXIT, usageError } from '../findings/error.js';
import { defineCommand, outcomes } from './command.js';
import { exitCodeOf, exitCodeOfDue } from './print/outcome.js';
import { sendReporter } from './print/send-reporter.js';
import { printTestCopies } from './print/test-copies.js';
import { askBeforeSend, requireConsent } from './support/confirm.js';
import { type SendOptions, sendOptions, withDefaults } from './support/send-options.js';

export const send = defineCommand<[string | undefined], Partial<SendOptions>>({
  arguments: [{ name: '[issue]', description: 'number or file; default: the newest unsent issue' }],
  options: sendOptions,
  examples: [
    ['obn send 3 --dry-run', 'show who would get it, who would not and why, and how long it takes'],
    ['obn send 3 --test me@example.com', 'send yourself one copy'],
    ['obn send 3', 'show the plan, ask, then send; run it again to resume'],
    [
      'obn send 3 --transport ses --yes --expect 1024',
      'do not ask, but abort unless there are 1024 recipients',
    ],
    ['obn send --due --yes', 'send every issue that is due, from cron or CI'],
  ],
  json: '{ issue: number; state: string; audience: object; deliveries: { queued: number; claimed: number; accepted: number; rejected: number; unknown: number }; rejected_in_doubt?: number }, or with --due an array of these, or with --test { issue: number; tests: { address: string; result: string; detail: string }[]; images: object }',
  outcomes: outcomes(
    [EXIT.done, 'every delivery was accepted, or nothing was left to send'],
    [EXIT.done, 'with `--dry-run`: the plan was printed; nothing was sent'],
    [EXIT.done, 'with `--test`: every test copy was accepted'],
    [EXIT.done, 'with `--due`: nothing is due'],
    [EXIT.findings, 'every delivery has ended, and some were rejected or are unknown'],
    [EXIT.findings, 'the issue is a draft or has errors; nothing was sent'],
    [EXIT.findings, 'with `--test`: a test copy was not accepted'],
    [EXIT.usage, 'there is no such issue, or flags exclude each other; nothing was sent'],
    [EXIT.usage, 'the number of recipients is not that of `--expect`; nothing was sent'],
    [EXIT.configuration, 'configuration, credentials, quota or the ledger prevent the send'],
    [
      EXIT.stopped,
      'it stopped early: at `--limit`, on Ctrl+C, or because it paused itself; run it again to continue',
    ],
  ),
  async run(context, [wanted], given) {
    const request = withDefaults(given);
    requireOneMode(request, wanted);
    const { output, json } = context;
    const reporter = sendReporter(context);
    const opening = {
      ledger: request.ledger,
      create: false,
      migrate: true,
      // The clock decides which claims have expired, before anything is sent.
      sameClock: !request.dryRun && !request.test,
      onNotice: output.talk,
    };
    return withCampaign(context, opening, async (campaign) => {
      const job = { campaign, request, reporter };
      const control = askBeforeSend(context, request.yes);
      if (request.due) {
        const results = await sendDue(job, control);
        const outcomes = results.flatMap((one) => (one.kind === 'outcome' ? [one.outcome] : []));
        if (json) output.json(outcomes.map(outcomeDocument));
        return exitCodeOfDue(results);
      }
      const file = await chooseIssue(campaign, wanted);
      if (request.test) {
        const copies = await sendTestCopies(context, campaign.newsletter, file, request.test, request);
        return printTestCopies(context, file.number, copies);
      }
      const question = `Accept this ledger for issue #${file.number}?`;
      const accepting = { consent: () => requireConsent(context, request.yes, question) };
      const outcome = request.acceptLedger
        ? await acceptLedger(job, file, accepting)
        : await sendIssue(job, file, control);
      if (json) output.json(outcomeDocument(outcome));
      return exitCodeOf(outcome);
    });
  },
});

/** @throws ObnError (usage) for flags that exclude each other. */
function requireOneMode(options: SendOptions, wanted: string | undefined): void {
  if (options.due && wanted !== undefined) throw usageError('--due chooses the issues; remove the number');
  if (options.test?.length === 0) throw usageError('--test needs an address');
  if (options.due && options.test) throw usageError('--due and --test cannot be used together');
  if (options.due && (options.retryRejected || options.retryUnknown)) {
    throw usageError('retries need an issue number; name the issue instead of --due');
  }
  if (options.acceptLedger && (options.due || options.dryRun || options.test)) {
    throw usageError(
      '--accept-ledger needs an issue number, and cannot be used with --due, --dry-run or --test',
    );
  }
}
