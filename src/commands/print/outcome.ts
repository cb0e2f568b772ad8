import type { SendOutcome, SentOutcome } from '../../campaign/outcome.js';
import type { DueResult } from '../../campaign/send-due.js';
import type { Progress } from '../../delivery/state.js';
import { EXIT, type ExitCode, type ObnError } from '../../findings/error.js';
import { visible } from '../../findings/visible.js';
import { plural } from '../../text/plural.js';
import { answerText, countsText, failuresText, headline } from './status.js';
import type { Style } from './style.js';

/** The outcome of a send for a person; undefined: the plan already says everything. */
export function outcomeText(outcome: SendOutcome, style: Style): string | undefined {
  switch (outcome.kind) {
    case 'planned':
      return outcome.refusal && refusalText(outcome.refusal);
    case 'nothingLeft':
      return nothingLeftText(outcome.progress);
    case 'ledgerAccepted':
      return acceptedText(outcome.count, outcome.progress.send.issue);
    case 'sent':
      return sentText(outcome, style);
  }
}

function nothingLeftText({ send, counts }: Progress): string {
  const readers = plural(counts.accepted, 'reader');
  const lines = [`Issue #${send.issue} was sent to ${readers}. Nothing is left to send.`];
  if (counts.rejected > 0) {
    lines.push(
      `${counts.rejected.toLocaleString('en')} rejected. Retry: obn send ${send.issue} --retry-rejected`,
    );
  }
  if (counts.unknown > 0) {
    lines.push(
      `${counts.unknown.toLocaleString('en')} unknown; they may have arrived. Send again anyway: obn send ${send.issue} --retry-unknown`,
    );
  }
  return lines.join('\n');
}

function refusalText({ message, findings }: ObnError): string {
  const why = findings.map((finding) => finding.message);
  return `Would not send: ${[message, ...why].join('; ')}`;
}

function acceptedText(count: number, issue: number): string {
  const lines = [
    `Issue #${issue}: ${count.toLocaleString('en')} now unknown, because they may have been handed over.`,
    `Nothing was sent. Run the same command without --accept-ledger to send the rest.`,
  ];
  return lines.join('\n');
}

/** The result of a run: deliveries by state, and what to do next. */
function sentText({ progress, end, deferral, failures }: SentOutcome, style: Style): string {
  const { send, counts } = progress;
  const lines = [headline(progress, style), countsText(progress, style), failuresText(failures, style)];
  if (end.kind === 'paused') lines.push(style.yellow(`Paused: ${visible(end.reason)}`));
  if (end.kind === 'interrupted') lines.push('Stopped early. Messages in flight were finished.');
  if (deferral && end.kind !== 'paused') {
    lines.push(`Last deferral: ${answerText(deferral)}`);
  }
  if (counts.queued > 0)
    lines.push(`${counts.queued.toLocaleString('en')} still to send. Continue with: obn send ${send.issue}`);
  if (counts.rejected > 0) lines.push(`Retry the rejected: obn send ${send.issue} --retry-rejected`);
  if (counts.unknown > 0) {
    lines.push('"Unknown" messages may have arrived; obn will not resend them automatically.');
    lines.push(`Send them again anyway: obn send ${send.issue} --retry-unknown`);
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

/** The exit code of `obn send --due`: that of the last issue that was not sent completely. */
export function exitCodeOfDue(results: readonly DueResult[]): ExitCode {
  return results.map(codeOf).findLast((code) => code !== EXIT.done) ?? EXIT.done;
}

function codeOf(result: DueResult): ExitCode {
  if (result.kind === 'outcome') return exitCodeOf(result.outcome);
  return result.kind === 'failed' ? result.error.exitCode : EXIT.findings;
}
