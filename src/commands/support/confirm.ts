import { usageError } from '../../findings/error.js';
import type { CommandContext } from '../command.js';

/** Makes sure that somebody wants a change. @throws ObnError when nobody does, or nobody can be asked. */
export async function requireConsent(
  { questions }: CommandContext,
  yes: boolean | undefined,
  question: string,
): Promise<void> {
  if (yes) return;
  if (!questions) throw usageError('nobody can be asked whether to do this', 'add --yes');
  if (!(await questions.confirm(question))) throw usageError('nothing was changed');
}
