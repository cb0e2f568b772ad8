import type { ListedIssue } from '../../campaign/list-issues.js';
import type { Progress } from '../../delivery/state.js';
import { columns } from '../../text/columns.js';
import { plural } from '../../text/plural.js';
import { goesText } from '../../text/times.js';

/**
 * The issues as `obn list` shows them, one line each.
 * @param now in milliseconds since 1970
 */
export function listedIssuesText(issues: readonly ListedIssue[], timezone: string, now: number): string {
  return columns(
    issues.map(({ file, date, state, title, progress, at }) => {
      const when = at === undefined ? '' : goesText(at, timezone, now);
      const facts = [countsText(progress), when].filter(Boolean).join('; ');
      return [`#${file.number}`, date ?? '', state, title ?? file.name, facts];
    }),
  );
}

function countsText(progress: Progress | undefined): string {
  if (!progress) return '';
  const { accepted, queued, claimed, rejected, unknown } = progress.counts;
  const parts = [plural(accepted, 'message')];
  if (queued + claimed > 0) parts.push(`${queued + claimed} left`);
  if (rejected > 0) parts.push(`${rejected} rejected`);
  if (unknown > 0) parts.push(`${unknown} unknown`);
  return parts.join(', ');
}
