import type { LinkCheck, LinkProgress } from '../../check/network/check-links.js';

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

export function privateLinksText(count: number): string {
  return `Links to private addresses, not requested: ${count}. Those of the issue itself are requested with --allow-private.`;
}

/** The progress line while links are requested, and its share. */
export function linkProgress({ done, total, host }: LinkProgress): [text: string, share: number] {
  return [`${done}/${total} links, ${host}`, done / total];
}
