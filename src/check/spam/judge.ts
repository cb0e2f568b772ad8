import { configurationError } from '../../findings/error.js';
import type { Finding } from '../../findings/finding.js';
import { visible } from '../../findings/visible.js';
import type { Issue } from '../../issue/issue.js';
import type { Environment } from '../../platform/process.js';
import { runProgram } from '../../platform/program.js';
import { parseSpamReport, SETTINGS, type SpamReport } from './report.js';

const PROGRAM = 'spamassassin';
const TIMEOUT_MS = 60_000;
/** Test mode, local rules only, no files in the user's home folder. */
const ARGUMENTS = ['-t', '-L', '-x', ...SETTINGS.map((setting) => `--cf=${setting}`)];
const INSTALL = 'install it (apt install spamassassin, brew install spamassassin), or leave out --spam';

/**
 * Runs the SpamAssassin of this machine on a message. @returns undefined when it was stopped
 * @param message as it is sent
 * @throws ObnError when SpamAssassin is missing or fails
 */
export async function judgeSpam(
  message: Uint8Array,
  { env, signal }: { env: Environment; signal: AbortSignal },
): Promise<SpamReport | undefined> {
  const english = { ...env, LC_ALL: 'C', LANGUAGE: 'C' };
  const options = { input: message, env: english, timeoutMs: TIMEOUT_MS, signal };
  const end = await runProgram(PROGRAM, ARGUMENTS, options);
  switch (end.kind) {
    case 'stopped':
      return undefined;
    case 'missing':
      throw configurationError('--spam needs spamassassin, which is not on the PATH', { hint: INSTALL });
    case 'late':
      throw configurationError(`spamassassin did not finish within ${TIMEOUT_MS / 1000} s`, {
        hint: 'run `spamassassin -t -L < FILE` to see why, or leave out --spam',
      });
    case 'failed':
      throw failed(end.reason);
    case 'ended': {
      const report = parseSpamReport(end.stdout);
      if (report) return report;
      throw failed(lastLine(end.stderr) || `it exited with code ${end.code} and printed no report`);
    }
  }
}

function failed(reason: string): Error {
  const hint = 'run `spamassassin --lint` to check its setup, or leave out --spam';
  return configurationError(`spamassassin does not work: ${visible(reason)}`, { hint });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

/** How many rules a finding names. */
const NAMED = 3;

/** A score above the threshold is an error, one above half of it a warning. */
export function spamFindings({ number, document }: Issue, report: SpamReport): Finding[] {
  const { score, threshold, rules } = report;
  if (score <= threshold / 2) return [];
  const named = rules.filter(({ points }) => points > 0).slice(0, NAMED);
  const most = named.map(({ name, points }) => `${name} (${points.toFixed(1)})`).join(', ');
  const message = `SpamAssassin gives issue #${number} ${score.toFixed(1)} points, and ${threshold.toFixed(1)} or more is spam${most && `; most points for ${most}`}`;
  const severity = score >= threshold ? 'error' : 'warning';
  const hint = 'change what the rules with the most points found; --spam describes each of them';
  return [document.finding(severity, 'spam/score', document.at(['number']), visible(message), hint)];
}
