import type { IssueState, Progress } from '../delivery/state.js';
import type { AudienceCounts, Counts } from '../ledger/send.js';
import type { SendOutcome } from './outcome.js';

const NOTHING: Counts = { queued: 0, claimed: 0, accepted: 0, rejected: 0, unknown: 0 };

/**
 * The document of `obn send --json` and `obn status --json`. It has `rejected_in_doubt` if some of the unknown
 * deliveries were rejected, but an earlier attempt may have arrived.
 */
export function statusDocument(
  issue: number,
  state: IssueState | 'planned',
  audience: AudienceCounts,
  progress?: Pick<Progress, 'counts' | 'rejectedInDoubt'>,
) {
  const { counts, rejectedInDoubt = 0 } = progress ?? {};
  const document = { issue, state, audience: { ...audience }, deliveries: { ...NOTHING, ...counts } };
  return rejectedInDoubt === 0 ? document : { ...document, rejected_in_doubt: rejectedInDoubt };
}

/** The document of `obn send --json`. */
export function outcomeDocument(outcome: SendOutcome) {
  if (outcome.kind !== 'planned') return progressDocument(outcome.progress);
  const { action, issue } = outcome.plan;
  if (action.kind === 'start') return statusDocument(issue, 'planned', action.survey.counts);
  return statusDocument(issue, 'planned', action.progress.send.audience, action.progress);
}

function progressDocument(progress: Progress) {
  return statusDocument(progress.send.issue, progress.state, progress.send.audience, progress);
}
