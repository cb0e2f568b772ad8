import type { RunEnd } from '../../delivery/in-flight.js';
import type { Progress } from '../../delivery/state.js';
import { visible } from '../../findings/visible.js';
import type { Failure } from '../../ledger/ledger.js';
import { countsText, failuresText, headline } from './status.js';
import type { Style } from './style.js';

/** What a run has come to: the state of every delivery, and what to do next. */
export async function reportText(
  progress: Progress & { readonly deferral?: { code: string; reason: string } | undefined },
  end: RunEnd,
  failures: AsyncIterable<Failure>,
  style: Style,
): Promise<string> {
  const { send, counts, deferral } = progress;
  const lines = [headline(progress, style), countsText(progress, style), await failuresText(failures, style)];
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
