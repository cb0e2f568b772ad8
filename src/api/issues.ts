import {
  approvable,
  approvalOf,
  approvalStatus,
  recordApproval,
  revokeApproval,
  writeApproval,
} from '../campaign/approve-issue.js';
import { examineIssue } from '../campaign/compile.js';
import { issueCopy, issueVariants } from '../campaign/issue-copy.js';
import { issueStatus } from '../campaign/issue-status.js';
import { listIssues } from '../campaign/list-issues.js';
import { checkAll } from '../check/check-all.js';
import { failuresCsv } from '../delivery/failures.js';
import { progressOf } from '../delivery/state.js';
import { usageError } from '../findings/error.js';
import { type ApiSession, fileOf, openFor, within } from './api-session.js';
import type {
  ApprovalStatus,
  Approvals,
  CheckOptions,
  CheckReport,
  IssueName,
  IssueStatus,
  IssueSummary,
  RenderedIssue,
  RenderOptions,
  Variant,
} from './issue-types.js';

const NO_DELIVERIES = { queued: 0, claimed: 0, accepted: 0, rejected: 0, unknown: 0 };

export function summaries(session: ApiSession): Promise<IssueSummary[]> {
  return within(session, async (campaign) => {
    const issues = await listIssues(campaign);
    return issues.map(({ file, title, date, state, at, findings }) => {
      const facts = { number: file.number, title, date, state, file: file.name, findings };
      return { ...facts, sendAt: at ?? null };
    });
  });
}

export async function check(
  { host, newsletter }: ApiSession,
  { issues = [], list, links, spam, signal }: CheckOptions,
): Promise<CheckReport> {
  const requested = links === true ? {} : links || undefined;
  const found = await checkAll(host, newsletter, issues.map(String), {
    ...{ list, spam, links: requested },
    ...(signal && { interruptible: () => ({ signal, dispose: () => {} }) }),
  });
  const count = (severity: string) => found.findings.filter((one) => one.severity === severity).length;
  return {
    findings: found.findings,
    errors: count('error'),
    warnings: count('warning'),
    links: found.links?.counts,
    spam: found.spam?.reports,
  };
}

export async function render(
  session: ApiSession,
  issue: IssueName | undefined,
  { for: address, list }: RenderOptions,
): Promise<RenderedIssue> {
  const now = session.host.clock.now();
  const { errors, ...compiled } = await examine(session, issue, list);
  const copy = await issueCopy(session.newsletter, compiled, address, now);
  const { html, text, mjml, web, message, lacking } = copy;
  const findings = [...errors, ...compiled.warnings];
  return { issue: compiled.issue.number, html, text, mjml, web, message, lacking, findings };
}

export async function variants(
  session: ApiSession,
  issue: IssueName | undefined,
  list: string | undefined,
): Promise<Variant[]> {
  return issueVariants(session.newsletter, await examine(session, issue, list));
}

async function examine(session: ApiSession, issue: IssueName | undefined, list: string | undefined) {
  const file = await within(session, (campaign) => fileOf(campaign, issue));
  return examineIssue(session.newsletter, file, session.host.clock.now(), list);
}

export function status(session: ApiSession, issue: IssueName | undefined): Promise<IssueStatus> {
  return within(session, async (campaign) => {
    const found = await issueStatus(campaign, await fileOf(campaign, issue));
    if (found.kind === 'unsent') {
      const { issue, state, audience, at } = found;
      const nothing = { deliveries: NO_DELIVERIES, rejectedInDoubt: 0, rate: undefined, pausedBy: undefined };
      return {
        ...{ issue, state, channel: null, audience, sendAt: at ?? null },
        ...{ ...nothing, failures: [], moreFailures: 0 },
      };
    }
    const { progress, rate, failures, at } = found;
    const { send, state, counts, rejectedInDoubt } = progress;
    return {
      ...{ issue: send.issue, state, channel: send.channel, audience: send.audience },
      ...{ deliveries: counts, rejectedInDoubt, sendAt: at ?? null, rate },
      pausedBy: state === 'paused' ? (send.pausedBy ?? undefined) : undefined,
      failures: failures.failures.map(({ address, state, code, reason, rejectedInDoubt }) => {
        return { address, state, code, reason, rejectedInDoubt };
      }),
      moreFailures: failures.more,
    };
  });
}

export async function* failures(session: ApiSession, issue: IssueName): AsyncGenerator<string> {
  const campaign = await openFor(session);
  try {
    const { number } = await fileOf(campaign, issue);
    const progress = await progressOf(campaign.ledger.deliveries, number, session.host.clock.now());
    if (!progress) throw usageError(`issue #${number} has not been sent, so there is nothing to report`);
    yield* failuresCsv(campaign.ledger.deliveries.failures(progress.send.id));
  } finally {
    await campaign.close();
  }
}

export function approvals(session: ApiSession): Approvals {
  const { host, newsletter } = session;
  return {
    status: (issue) =>
      within(session, async (campaign) => {
        const verdict = await approvalStatus(campaign, await fileOf(campaign, issue));
        const approval = 'approval' in verdict ? verdict.approval : undefined;
        return {
          kind: verdict.kind,
          by: approval?.by,
          at: approval?.at,
          changed: verdict.kind === 'changed' ? verdict.changed : [],
          reason: verdict.kind === 'unknown' ? verdict.reason : undefined,
        } satisfies ApprovalStatus;
      }),
    approve: (issue, { by, file = false }) =>
      within(session, async (campaign) => {
        const found = await approvable(newsletter, await fileOf(campaign, issue), host.clock.now());
        const approval = approvalOf(found, by, host);
        if (file) return writeApproval(newsletter, approval);
        await campaign.writing((writable) => recordApproval(writable, approval));
        return 'ledger';
      }),
    revoke: (issue) =>
      within(session, async (campaign) => {
        const { number } = await fileOf(campaign, issue);
        return (await revokeApproval(campaign, number)).revoked;
      }),
  };
}
