import type { SendOutcome, SentOutcome } from '../../campaign/outcome.js';
import type { DueResult } from '../../campaign/send-due.js';
import { EXIT, type ExitCode, type ObnError } from '../../findings/error.js';
import { visible } from '../../findings/visible.js';
import { countsText, failuresText, headline } from './status.js';
import type { Style } from './style.js';

/** What a send has come to, as a person reads it; undefined: its plan has said all. */
export function outcomeText(outcome: SendOutcome, style: Style): string | undefined {
  switch (outcome.kind) {
    case 'planned':
      return outcome.refusal && refusalText(outcome.refusal);
    case 'nothingLeft':
      return `Issue #${outcome.progress.send.issue} is ${outcome.progress.state}; nothing is left to do.`;
    case 'ledgerAccepted':
      return acceptedText(outcome.count, outcome.progress.send.issue);
    case 'sent':
      return sentText(outcome, style);
  }
}

function refusalText({ message, findings }: ObnError): string {
  const why = findings.map((finding) => finding.message);
  return `It would be refused: ${[message, ...why].join('; ')}`;
}

function acceptedText(count: number, issue: number): string {
  const lines = [
    `${count} of issue #${issue} are unknown now, as they may have been handed over.`,
    `Nothing was sent. Run the same command without --accept-ledger to send the rest.`,
  ];
  return lines.join('\n');
}

/** What a run has come to: the state of every delivery, and what to do next. */
function sentText({ progress, end, deferral, failures }: SentOutcome, style: Style): string {
  const { send, counts } = progress;
  const lines = [headline(progress, style), countsText(progress, style), failuresText(failures, style)];
  if (end.kind === 'paused') lines.push(style.yellow(`Paused: ${visible(end.reason)}`));
  if (end.kind === 'interrupted') lines.push('Stopped before the end; what was in flight has finished.');
  if (deferral && end.kind !== 'paused') {
    lines.push(`The last that was put off: ${visible(deferral.code)}: ${visible(deferral.reason)}`);
  }
  if (counts.queued > 0) lines.push(`${counts.queued} are left; go on with: obn send ${send.issue}`);
  if (counts.rejected > 0) lines.push(`To try the rejected again: obn send ${send.issue} --retry-rejected`);
  if (counts.unknown > 0) {
    lines.push('The unknown may have got it and are not sent to again by themselves.');
    lines.push(`To send to them all the same: obn send ${send.issue} --retry-unknown`);
  }
  return lines.filter((line) => line !== '').join('\n');
}

/** The exit code of `obn send`. */
export function exitCodeOf(outcome: SendOutcome): ExitCode {
  if (outcome.kind === 'nothingLeft') return outcome.lost > 0 ? EXIT.findings : EXIT.done;
  if (outcome.kind !== 'sent') return EXIT.done;
  const { counts } = outcome.progress;
  if (counts.queued + counts.claimed > 0) return EXIT.stopped;
  return counts.rejected + counts.unknown > 0 ? EXIT.findings : EXIT.done;
}

/** The exit code of `obn send --due`: that of the last issue that did not simply go out. */
export function exitCodeOfDue(results: readonly DueResult[]): ExitCode {
  return results.map(codeOf).findLast((code) => code !== EXIT.done) ?? EXIT.done;
}

function codeOf(result: DueResult): ExitCode {
  if (result.kind === 'outcome') return exitCodeOf(result.outcome);
  return result.kind === 'failed' ? result.error.exitCode : EXIT.findings;
}
