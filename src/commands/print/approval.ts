import { type Approval, approvedBy, unapprovedText } from '../../campaign/approval.js';
import type { Approvable, ApprovalStatus } from '../../campaign/approve-issue.js';
import type { Config } from '../../config/schema.js';
import { visible } from '../../findings/visible.js';

import { anybody } from '../../message/anybody.js';
import { fillText } from '../../render/fill.js';
import { columns } from '../../text/columns.js';
import type { Style } from './style.js';

/** The state of an approval in one line. */
export function verdictText(issue: number, verdict: ApprovalStatus): string {
  if (verdict.kind === 'unknown') return `cannot tell whether issue #${issue} is approved: ${verdict.reason}`;
  if (verdict.kind !== 'approved') return unapprovedText(issue, verdict);
  return `issue #${issue} was approved by ${approvedBy(verdict.approval)}; unchanged since`;
}

/**
 * The confirmation of a new approval.
 * @param where the approval is recorded
 */
export function approvalText(
  config: Config,
  { compiled }: Approvable,
  { issue, by, content, audience }: Approval,
  where: string,
  style: Style,
): string {
  const { message } = compiled;
  const rows = [
    ['  Subject', visible(fillText(message.subject, anybody(message).values))],
    ['  Audience', audienceText(config, compiled.issue.segment)],
    ['  Approved by', `${visible(by)}, in ${where}`],
    ['  Content', content],
    ['  Query', audience],
  ];
  return `${style.bold(`Issue #${issue}`)} approved\n${columns(rows)}`;
}

function audienceText({ audience }: Config, segment: string | undefined): string {
  const query =
    segment === undefined ? '' : `, segment ${segment}: ${JSON.stringify(audience.segments[segment])}`;
  return visible(`${audience.file}${query}`);
}
