import { chooseIssue, openLedger, openNewsletter } from '../campaign/open.js';
import { sendDue } from '../campaign/send-due.js';
import { sendIssue } from '../campaign/send-issue.js';
import { sendTest } from '../campaign/test-copy.js';
import { usageError } from '../findings/error.js';
import { defineCommand } from './command.js';
import { type SendOptions, sendOptions, withDefaults } from './support/send-options.js';

export const send = defineCommand<[string | undefined], Partial<SendOptions>>({
  arguments: [{ name: '[issue]', description: 'number or file; default: the newest that is not sent' }],
  options: sendOptions,
  examples: [
    ['obn send 3 --dry-run', 'who would get it, who not and why, and how long it takes'],
    ['obn send 3 --test me@example.com', 'one copy to look at'],
    ['obn send 3', 'show the plan, ask, send; again: go on where it stopped'],
    ['obn send 3 --transport ses --yes --expect 1024', 'ask nothing, but refuse any other number of readers'],
    ['obn send --due --yes', 'what is due, from cron or CI'],
  ],
  async run(context, [wanted], given) {
    const options = withDefaults(given);
    if (options.due && wanted !== undefined)
      throw usageError('--due chooses the issues itself; leave out the number');
    if (options.test?.length === 0) throw usageError('--test takes an address');
    if (options.due && options.test) throw usageError('--due and --test exclude each other');
    if (options.due && (options.retryRejected || options.retryUnknown)) {
      throw usageError('what is tried again is chosen by a person; name the issue instead of --due');
    }
    if (options.acceptLedger && (options.due || options.dryRun || options.test)) {
      throw usageError(
        '--accept-ledger goes with the number of an issue, not with --due, --dry-run or --test',
      );
    }
    const newsletter = await openNewsletter(context);
    const ledger = await openLedger(newsletter, context, {
      ledger: options.ledger,
      create: false,
      migrate: true,
      // Whose claims have run out is told by the clock, before anything is sent.
      sameClock: !options.dryRun && !options.test,
    });
    const session = { context, newsletter, ledger, options };
    try {
      if (options.due) return await sendDue(session);
      const file = await chooseIssue(newsletter, ledger, wanted, context.clock.now());
      if (options.test) return await sendTest(session, file, options.test);
      const { document, exitCode } = await sendIssue(session, file);
      if (context.json) context.output.json(document);
      return exitCode;
    } finally {
      await ledger.close();
    }
  },
});
