import type { SendControl } from '../../campaign/send-request.js';
import { usageError } from '../../findings/error.js';
import { plural } from '../../text/plural.js';
import type { CommandContext } from '../command.js';

/** Makes sure that somebody wants a change. @throws ObnError when nobody does, or nobody can be asked. */
export async function requireConsent(
  { questions }: Pick<CommandContext, 'questions'>,
  yes: boolean | undefined,
  question: string,
): Promise<void> {
  if (yes) return;
  if (!questions) throw usageError('nobody can be asked whether to do this', 'add --yes');
  if (!(await questions.confirm(question))) throw usageError('nothing was changed');
}

/** Asks a person whether a plan is to be carried out, unless a flag has said so; Ctrl-C stops it. */
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
          'nobody can be asked whether to send',
          'add --yes, and --expect COUNT to be sure of the number',
        );
      }
      const sure = await questions.confirm(
        `Send issue #${issue} to ${plural(count, 'reader')} through ${transport}?`,
      );
      if (!sure) throw usageError('nothing was sent');
    },
  };
}
