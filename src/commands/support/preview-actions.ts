import { openLedger, openNewsletter } from '../../campaign/open.js';
import { transportOf } from '../../campaign/session.js';
import { signingSecret } from '../../campaign/signing-secret.js';
import type { Newsletter } from '../../config/load.js';
import { progressOf, stateOfFile } from '../../delivery/state.js';
import { usageError } from '../../findings/error.js';
import { findIssueFile, readAllIssues } from '../../issue/store.js';
import type { Actions } from '../../preview/viewer.js';
import { brokenBy } from '../../preview/workspace.js';
import type { CommandContext } from '../command.js';

/** What the preview can do that needs the ledger or a transport. */
export function previewActions(context: CommandContext): Actions {
  return {
    transport: (newsletter) => {
      const { name, live } = transportOf({ newsletter, options: {} });
      return { name, live };
    },
    states: (newsletter) => statesOf(context, newsletter),
    secret: signingSecret,
    async sendTest(issue, address) {
      // Opened anew: obn.yaml may have been changed since the preview began.
      const newsletter = await openNewsletter(context);
      const { sendCopies } = await import('../../campaign/test-copy.js');
      const file = await findIssueFile(newsletter, String(issue));
      const session = { context, newsletter, options: {} };
      const { tests } = await sendCopies(session, file, [address]);
      const [copy] = tests;
      if (!copy) throw usageError('the transport has said nothing about the copy');
      return copy;
    },
  };
}

async function statesOf(context: CommandContext, newsletter: Newsletter): ReturnType<Actions['states']> {
  const issues = await readAllIssues(newsletter);
  const states = new Map<number, string>();
  for (const { file, parsed } of issues) {
    if ('issue' in parsed) states.set(file.number, stateOfFile(parsed.issue));
  }
  try {
    const ledger = await openLedger(newsletter, context, { create: false });
    try {
      for (const { file } of issues) {
        const progress = await progressOf(ledger, file.number, context.clock.now());
        if (progress) states.set(file.number, progress.state);
      }
    } finally {
      await ledger.close();
    }
    return { states };
  } catch (error) {
    return { states, trouble: brokenBy(error) };
  }
}
