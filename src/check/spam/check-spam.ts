import type { Newsletter } from '../../config/load.js';
import { EXIT, ObnError } from '../../findings/error.js';
import type { Finding } from '../../findings/finding.js';
import type { Issue } from '../../issue/issue.js';
import { anybody } from '../../message/anybody.js';
import type { CompiledMessage } from '../../message/compiled.js';
import { MessageWriter } from '../../message/writer.js';
import type { Clock } from '../../platform/clock.js';
import type { Environment } from '../../platform/process.js';
import { withoutSwitchedOff } from '../check.js';
import { judgeSpam, spamFindings } from './judge.js';
import type { SpamReport } from './report.js';

/** SpamAssassin's report on each issue. */
export interface SpamCheck {
  readonly findings: Finding[];
  readonly reports: readonly ({ readonly issue: number } & SpamReport)[];
}

/** An issue that SpamAssassin is about to read. */
export interface SpamProgress {
  readonly issue: number;
  /** How many issues it has read. */
  readonly done: number;
  readonly total: number;
}

export interface SpamCheckOptions {
  readonly clock: Clock;
  /** With a PATH that contains SpamAssassin. */
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: SpamProgress) => void) | undefined;
}

/** The check reads the form of links only, so any key works. */
const UNSIGNED = 'a key that no endpoint takes';

/** Lets SpamAssassin read each issue. @throws ObnError when it was interrupted, or there is no SpamAssassin */
export async function checkSpam(
  newsletter: Newsletter,
  issues: readonly { readonly issue: Issue; readonly message: CompiledMessage }[],
  { clock, env, signal, onProgress }: SpamCheckOptions,
): Promise<SpamCheck> {
  const findings: Finding[] = [];
  const reports: SpamCheck['reports'][number][] = [];
  for (const [done, { issue, message }] of issues.entries()) {
    onProgress?.({ issue: issue.number, done, total: issues.length });
    const writer = new MessageWriter(message, { secret: UNSIGNED });
    const raw = writer.write(anybody(message), clock.now()).raw();
    const report = await judgeSpam(raw, { env, signal });
    if (!report) throw new ObnError(EXIT.stopped, 'stopped before SpamAssassin had checked every issue');
    reports.push({ issue: issue.number, ...report });
    findings.push(...withoutSwitchedOff(spamFindings(issue, report), newsletter, issue));
  }
  return { findings, reports };
}
