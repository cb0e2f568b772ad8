import { configurationError } from '../../findings/error.js';
import type { Finding } from '../../findings/finding.js';
import { visible } from '../../findings/visible.js';
import type { Issue } from '../../issue/issue.js';
import type { Environment } from '../../platform/process.js';
import { runProgram } from '../../platform/program.js';
import { parseSpamReport, SETTINGS, type SpamReport } from './report.js';

const PROGRAM = 'spamassassin';
const TIMEOUT_MS = 60_000;
/** As a test, by its local rules alone, and without files in the home of whoever calls. */
const ARGUMENTS = ['-t', '-L', '-x', ...SETTINGS.map((setting) => `--cf=${setting}`)];
const INSTALL = 'install it (apt install spamassassin, brew install spamassassin), or leave out --spam';

/**
 * Asks the SpamAssassin of this machine what it thinks of a message; undefined when it was stopped.
 * @param message as it is sent
 * @throws ObnError when there is none, or it has nothing to say.
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
      throw configurationError('there is no spamassassin on PATH, and --spam asks it', { hint: INSTALL });
    case 'late':
      throw configurationError(`spamassassin has not answered within ${TIMEOUT_MS / 1000} s`, {
        hint: 'look with `spamassassin -t -L < FILE` what keeps it, or leave out --spam',
      });
    case 'failed':
      throw failed(end.reason);
    case 'ended': {
      const report = parseSpamReport(end.stdout);
      if (report) return report;
      throw failed(lastLine(end.stderr) || `it ended with ${end.code} and without a report`);
    }
  }
}

function failed(reason: string): Error {
  const hint = 'look with `spamassassin --lint` whether it is in order, or leave out --spam';
  return configurationError(`spamassassin does not work: ${visible(reason)}`, { hint });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

/** How many of its rules a finding names. */
const NAMED = 3;

/** A score above the threshold is an error, one above half of it a warning. */
export function spamFindings({ number, document }: Issue, report: SpamReport): Finding[] {
  const { score, threshold, rules } = report;
  if (score <= threshold / 2) return [];
  const named = rules.filter(({ points }) => points > 0).slice(0, NAMED);
  const most = named.map(({ name, points }) => `${name} (${points.toFixed(1)})`).join(', ');
  const message = `SpamAssassin gives issue #${number} ${score.toFixed(1)} points, and takes ${threshold.toFixed(1)} for spam${most && `; most of them for ${most}`}`;
  const severity = score >= threshold ? 'error' : 'warning';
  const hint = 'change what the rules with the most points have found; --spam lists them with their words';
  return [document.finding(severity, 'spam/score', document.at(['number']), visible(message), hint)];
}
