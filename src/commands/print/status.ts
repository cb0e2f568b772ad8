import { EXCLUSION_WORDS } from '../../audience/exclusion-words.js';
import type { FirstFailures } from '../../campaign/first-failures.js';
import type { AudienceCounts } from '../../campaign/issue-status.js';
import { REJECTED_IN_DOUBT } from '../../delivery/failures.js';
import type { Progress } from '../../delivery/state.js';
import { visible } from '../../findings/visible.js';
import { columns } from '../../text/columns.js';
import { plural } from '../../text/plural.js';
import type { Style } from './style.js';

/** Who gets it and who does not, and why. */
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

/** How many of those who are left out were to get it when the audience was frozen. */
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
  const colour = { accepted: style.green, rejected: style.red, unknown: style.yellow } as const;
  const rows = Object.entries(counts).filter(([state, count]) => count > 0 || state === 'accepted');
  const lines = rows.map(([state, count]) => {
    const paint = count > 0 ? colour[state as keyof typeof colour] : undefined;
    const text = count.toLocaleString('en');
    return ['   ', paint ? paint(text) : text, state];
  });
  if (rejectedInDoubt > 0) {
    const count = colour.unknown(rejectedInDoubt.toLocaleString('en'));
    lines.push(['   ', count, `of the unknown: ${REJECTED_IN_DOUBT}`]);
  }
  return columns(lines);
}

export function headline({ send, state }: Progress, style: Style): string {
  const how =
    send.channel === 'rehearsal'
      ? ` (rehearsal: written to the ${send.transport})`
      : ` through ${send.transport}`;
  return `${style.bold(`Issue #${send.issue}`)}: ${state}${how}`;
}

/** Those who did not get it, and what the other side said. */
export function failuresText({ failures, more }: FirstFailures, style: Style): string {
  const lines = failures.map(({ address, state, code, reason, rejectedInDoubt }) => {
    const what = rejectedInDoubt ? REJECTED_IN_DOUBT : state;
    const painted = state === 'rejected' ? style.red(what) : style.yellow(what);
    return `    ${visible(address)}  ${painted}  ${visible(code)}: ${visible(reason)}`;
  });
  if (more > 0) lines.push(`    … and ${more} more`);
  return lines.join('\n');
}
