import type { SendPulse, SentStatus, UnsentStatus } from '../../campaign/issue-status.js';
import { visible } from '../../findings/visible.js';
import { shortDuration } from '../../text/duration.js';
import { goesText } from '../../text/times.js';
import { answerText, audienceText, countsText, failuresText, headline } from './status.js';
import type { Style } from './style.js';

interface Setting {
  readonly style: Style;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** The time zone of the newsletter. */
  readonly timezone: string;
}

/** An issue that is in the ledger, as `obn status` shows it. */
export function sentStatusText(status: SentStatus, { style, now, timezone }: Setting): string {
  const { progress, at, deferral, failures } = status;
  const { send, state } = progress;
  const pace = paceText(status);
  const parts = [
    headline(progress, style),
    at === undefined ? '' : `    ${goesText(at, timezone, now)}`,
    countsText(progress, style),
    pace === '' ? '' : `    ${pace}`,
    audienceText(send.audience, style),
    failuresText(failures, style),
  ];
  if (send.pausedBy && state === 'paused') parts.push(`Paused: ${visible(send.pausedBy)}`);
  if (deferral) parts.push(`Last deferral: ${answerText(deferral)}`);
  return parts.filter((part) => part !== '').join('\n');
}

/** The commands that retry deliveries that were not accepted. */
export function sentStatusHints({ progress: { send, counts } }: SentStatus): string[] {
  const hints = [
    counts.rejected > 0 && `Retry the rejected: obn send ${send.issue} --retry-rejected`,
    counts.unknown > 0 &&
      `The unknown ones may have arrived. Send again anyway: obn send ${send.issue} --retry-unknown`,
  ];
  return hints.filter((hint) => hint !== false);
}

/**
 * An issue that was not sent yet, as `obn status` shows it.
 * @param approval the state of its approval, if it needs one
 */
export function unsentStatusText(
  { issue, state, at, audience }: UnsentStatus,
  approval: string | undefined,
  { style, now, timezone }: Setting,
): string {
  const lines = [`${style.bold(`Issue #${issue}`)}: ${state}`];
  if (at !== undefined) lines.push(`    ${goesText(at, timezone, now)}`);
  if (approval !== undefined) lines.push(`    ${approval}`);
  if (audience.listed > 0) lines.push(audienceText(audience, style));
  return lines.join('\n');
}

/** The line that `obn status --watch` shows. */
export function pulseText(pulse: SendPulse): string {
  const { accepted, queued, claimed, rejected, unknown } = pulse.progress.counts;
  const counts = `${accepted} accepted, ${queued + claimed} left, ${rejected} rejected, ${unknown} unknown`;
  return `${counts}  ${paceText(pulse)}`;
}

function paceText({ progress: { counts }, rate }: SendPulse): string {
  if (rate === undefined || rate <= 0) return '';
  const left = counts.queued + counts.claimed;
  return `${rate.toFixed(1)}/s, ${shortDuration(left / rate)} left`;
}
