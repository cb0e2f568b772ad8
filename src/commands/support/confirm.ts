import type { SendControl } from '../../campaign/send-request.js';
import { CancelledError, usageError } from '../../findings/error.js';
import { plural } from '../../text/plural.js';
import type { CommandContext } from '../command.js';

/** Asks a person to confirm a change. @throws ObnError if the answer is no, or without a terminal */
export async function requireConsent(
  { questions }: Pick<CommandContext, 'questions'>,
  yes: boolean | undefined,
  question: string,
): Promise<void> {
  if (yes) return;
  if (!questions) throw usageError('confirmation needed, and this is not a terminal', 'add --yes');
  if (!(await questions.confirm(question))) throw new CancelledError('Cancelled. Nothing was changed.');
}

/** Asks a person to confirm a plan, unless `--yes` was given. Ctrl-C stops the send. */
export function askBeforeSend(
  { questions, interruptible }: CommandContext,
  yes: boolean | undefined,
): SendControl {
  return {
    interruptible: () => interruptible(),
    async consent({ count, issue, transport }) {
      if (yes) return;
      if (!questions) {
        throw usageError(
          'confirmation needed, and this is not a terminal',
          'add --yes, and --expect COUNT to check the number of recipients',
        );
      }
      const sure = await questions.confirm(
        `Send issue #${issue} to ${plural(count, 'reader')} through ${transport}?`,
      );
      if (!sure) throw new CancelledError('Cancelled. Nothing was sent.');
    },
  };
}
