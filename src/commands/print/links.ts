import type { LinkCheck } from '../support/check-links.js';

/** One line of what came of asking for addresses. */
export function linksText({ good, dead, unsure, unknown }: LinkCheck['counts']): string {
  const all = good + dead + unsure + unknown;
  if (all === 0) return 'There are no links to ask for.';
  const parts = [`${good} of ${all} links answer`];
  if (dead > 0) parts.push(`${dead} dead`);
  if (unsure > 0) parts.push(`${unsure} unsure`);
  if (unknown > 0) parts.push(`${unknown} not known, as their sites answer no program, or not now`);
  return `${parts.join(', ')}.`;
}
