import { withoutSwitchedOff } from '../../check/check.js';
import { judgeSpam, spamFindings } from '../../check/spam/judge.js';
import type { SpamReport } from '../../check/spam/report.js';
import type { Newsletter } from '../../config/load.js';
import { EXIT, ObnError } from '../../findings/error.js';
import type { Finding } from '../../findings/finding.js';
import type { Issue } from '../../issue/issue.js';
import { anybody } from '../../message/anybody.js';
import type { CompiledMessage } from '../../message/compiled.js';
import { MessageWriter } from '../../message/writer.js';
import type { CommandContext } from '../command.js';

/** What SpamAssassin thinks of each issue. */
export interface SpamCheck {
  readonly findings: Finding[];
  readonly reports: readonly ({ readonly issue: number } & SpamReport)[];
}

/** The form of a link is all that counts here. */
const UNSIGNED = 'a key that no endpoint takes';

/** @throws ObnError when it was interrupted, or there is no SpamAssassin. */
export async function checkSpam(
  { clock, env, interruptible, output }: CommandContext,
  newsletter: Newsletter,
  issues: readonly { readonly issue: Issue; readonly message: CompiledMessage }[],
): Promise<SpamCheck> {
  const findings: Finding[] = [];
  const reports: SpamCheck['reports'][number][] = [];
  const { signal, dispose } = interruptible('Stopping.');
  try {
    for (const [index, { issue, message }] of issues.entries()) {
      output.progress(`SpamAssassin reads issue #${issue.number}`, index / issues.length);
      const writer = new MessageWriter(message, { secret: UNSIGNED });
      const mail = writer.write(anybody(message), clock.now()).raw();
      const report = await judgeSpam(mail, { env, signal });
      if (!report) throw new ObnError(EXIT.stopped, 'stopped before SpamAssassin had read everything');
      reports.push({ issue: issue.number, ...report });
      findings.push(...withoutSwitchedOff(spamFindings(issue, report), newsletter, issue));
    }
  } finally {
    dispose();
  }
  return { findings, reports };
}
