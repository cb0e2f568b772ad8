import { EXCLUSION_WORDS } from '../../audience/exclusion-words.js';
import type { FirstFailures } from '../../campaign/first-failures.js';
import type { AudienceCounts } from '../../campaign/issue-status.js';
import { REJECTED_IN_DOUBT } from '../../delivery/failures.js';
import type { Progress } from '../../delivery/state.js';
import { visible } from '../../findings/visible.js';
import { columns } from '../../text/columns.js';
import { plural } from '../../text/plural.js';
import type { Style } from './style.js';

/** How many readers get an issue, and how many do not, by reason. */
export function audienceText(audience: AudienceCounts, style: Style): string {
  const { listed, eligible, excluded, withdrawn = {} } = audience;
  const rows = [
    [style.green(eligible.toLocaleString('en')), `eligible, of ${plural(listed, 'row')} on the list`],
  ];
  for (const [reason, count] of Object.entries(excluded).sort(([, a], [, b]) => b - a)) {
    const text = (EXCLUSION_WORDS[reason] ?? reason) + sinceFrozen(count, withdrawn[reason] ?? 0);
    rows.push([style.dim(count.toLocaleString('en')), style.dim(text)]);
  }
  return columns(rows.map(([count = '', text = '']) => ['   ', count, text]));
}

/** How many of the excluded readers were still recipients when the audience was frozen. */
function sinceFrozen(count: number, withdrawn: number): string {
  if (withdrawn === 0) return '';
  return withdrawn === count
    ? ' since it was frozen'
    : `, ${withdrawn.toLocaleString('en')} since it was frozen`;
}

export function countsText(
  { counts, rejectedInDoubt }: Pick<Progress, 'counts' | 'rejectedInDoubt'>,
  style: Style,
): string {
  const color = { accepted: style.green, rejected: style.red, unknown: style.yellow } as const;
  const rows = Object.entries(counts).filter(([state, count]) => count > 0 || state === 'accepted');
  const lines = rows.map(([state, count]) => {
    const paint = count > 0 ? color[state as keyof typeof color] : undefined;
    const text = count.toLocaleString('en');
    return ['   ', paint ? paint(text) : text, state];
  });
  if (rejectedInDoubt > 0) {
    const count = color.unknown(rejectedInDoubt.toLocaleString('en'));
    lines.push(['   ', count, `of the unknown: ${REJECTED_IN_DOUBT}`]);
  }
  return columns(lines);
}

/** The state of a send in one line, such as `Issue #1: sent through smtp, 2 rejected`. */
export function headline({ send, state, counts }: Progress, style: Style): string {
  const through =
    send.channel === 'rehearsal' ? ` (${send.transport}, nothing was mailed)` : ` through ${send.transport}`;
  const failed = (['rejected', 'unknown'] as const)
    .filter((one) => counts[one] > 0)
    .map((one) => `, ${counts[one].toLocaleString('en')} ${one}`);
  const left = (counts.queued + counts.claimed).toLocaleString('en');
  const texts: Partial<Record<Progress['state'], string>> = {
    partial: `sent${through}${failed.join('')}`,
    paused: `paused, ${left} to go (${send.transport})`,
  };
  return `${style.bold(`Issue #${send.issue}`)}: ${texts[state] ?? `${state}${through}`}`;
}

/** A provider's answer. The code is left out if the reason begins with it, as in `550 5.1.1 No such user`. */
export function answerText({ code, reason }: { readonly code: string; readonly reason: string }): string {
  return visible(reason.startsWith(code) ? reason : `${code}: ${reason}`);
}

/** The deliveries that were not accepted, with the provider's answers. */
export function failuresText({ failures, more }: FirstFailures, style: Style): string {
  const lines = failures.map(({ address, state, code, reason, rejectedInDoubt }) => {
    const what = rejectedInDoubt ? REJECTED_IN_DOUBT : state;
    const painted = state === 'rejected' ? style.red(what) : style.yellow(what);
    return `    ${visible(address)}  ${painted}  ${answerText({ code, reason })}`;
  });
  if (more > 0) lines.push(`    … and ${more} more`);
  return lines.join('\n');
}
