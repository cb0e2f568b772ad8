import type { LinkCheck, LinkProgress } from '../../check/network/check-links.js';

/** The result of a link check in one line. */
export function linksText({ good, dead, unsure, unknown }: LinkCheck['counts']): string {
  const all = good + dead + unsure + unknown;
  if (all === 0) return 'No links to check.';
  const parts = [`${good} of ${all} links work`];
  if (dead > 0) parts.push(`${dead} dead`);
  if (unsure > 0) parts.push(`${unsure} unsure`);
  if (unknown > 0) parts.push(`${unknown} could not be checked (the site blocks bots or did not answer)`);
  return `${parts.join(', ')}.`;
}

export function privateLinksText(count: number): string {
  return `Links to private addresses, not requested: ${count}. Request those in issues with --allow-private.`;
}

/** The progress line of a link check, and the share that is done. */
export function linkProgress({ done, total, host }: LinkProgress): [text: string, share: number] {
  return [`${done}/${total} links, ${host}`, done / total];
}
