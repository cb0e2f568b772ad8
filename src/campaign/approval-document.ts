import type { Approved, Verdict } from '../delivery/approval.js';

/** The document of `obn approve --json`. */
export function approvalDocument(issue: number, { content, audience }: Approved, verdict: Verdict) {
  const approval = verdict.kind === 'missing' ? undefined : verdict.approval;
  return {
    issue,
    approved: verdict.kind === 'approved',
    changed: verdict.kind === 'changed' ? verdict.changed : [],
    content,
    audience,
    by: approval?.by ?? null,
    at: approval ? new Date(approval.at).toISOString() : null,
  };
}
