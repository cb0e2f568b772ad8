import { acceptLedger as accept } from '../campaign/accept-ledger.js';
import type { SendOutcome } from '../campaign/outcome.js';
import type { SendReporter as CampaignReporter, ProgressEvent } from '../campaign/reporter.js';
import { type DueResult as DueOutcome, sendDue as sendAllDue } from '../campaign/send-due.js';
import { prepareSend } from '../campaign/send-issue.js';
import type { SendControl } from '../campaign/send-request.js';
import { sendTestCopies } from '../campaign/test-copy.js';
import type { SendPlan as DeliveryPlan } from '../delivery/plan.js';
import { type ObnError, usageError } from '../findings/error.js';
import type { Finding } from '../findings/finding.js';
import { type ApiSession, closesOnce, fileOf, openFor, within } from './api-session.js';
import type { IssueName } from './issue-types.js';
import type {
  DueOptions,
  DueResult,
  PreparedSend,
  SendOptions,
  SendPlan,
  SendProgress,
  SendReporter,
  SendResult,
  TestCopy,
} from './send-types.js';

const DAY_MS = 86_400_000;

/** Plans to send an issue. Ledger and transport stay open until the plan is executed or closed. */
export async function prepare(
  session: ApiSession,
  issue: IssueName | undefined,
  { reporter, ...request }: SendOptions,
): Promise<PreparedSend> {
  const campaign = await openFor(session, { sends: !request.dryRun });
  let warnings: readonly Finding[] = [];
  const told: CampaignReporter = {
    ...reporterOf(reporter),
    plan: (_, found) => {
      warnings = found;
    },
  };
  try {
    const file = await fileOf(campaign, issue);
    const prepared = await prepareSend({ campaign, request, reporter: told }, file);
    const close = closesOnce(session, async () => {
      await prepared.close();
      await campaign.close();
    });
    return {
      plan: planOf(prepared.plan, warnings, prepared.refusal),
      close,
      async execute({ signal } = {}) {
        if (request.dryRun) throw usageError('a dry run cannot be executed', 'remove dryRun');
        try {
          return resultOf(await prepared.execute(controlOf(signal)));
        } finally {
          await close();
        }
      },
    };
  } catch (error) {
    await campaign.close();
    throw error;
  }
}

export async function sendDue(
  session: ApiSession,
  { reporter, grace = DAY_MS, signal, ...request }: DueOptions,
): Promise<DueResult[]> {
  return within(
    session,
    async (campaign) => {
      const job = { campaign, request: { ...request, grace }, reporter: reporterOf(reporter) };
      return (await sendAllDue(job, controlOf(signal))).map(dueResultOf);
    },
    { sends: true },
  );
}

export function acceptLedger(
  session: ApiSession,
  issue: IssueName,
  { reporter, ...request }: SendOptions,
): Promise<SendResult> {
  return within(
    session,
    async (campaign) => {
      const job = { campaign, request, reporter: reporterOf(reporter) };
      return resultOf(await accept(job, await fileOf(campaign, issue), {}));
    },
    { sends: true },
  );
}

export async function sendTest(
  session: ApiSession,
  issue: IssueName,
  addresses: readonly string[],
  options: Pick<SendOptions, 'list' | 'transport'>,
): Promise<readonly TestCopy[]> {
  return within(session, async (campaign) => {
    const file = await fileOf(campaign, issue);
    return (await sendTestCopies(session.host, campaign.newsletter, file, addresses, options)).tests;
  });
}

function controlOf(signal: AbortSignal | undefined): SendControl {
  return signal ? { interruptible: () => ({ signal, dispose: () => {} }) } : {};
}

function reporterOf(given: SendReporter | undefined): CampaignReporter {
  if (!given) return {};
  let progress: SendProgress = { total: 0, accepted: 0, rejected: 0, unknown: 0 };
  return {
    notice: (notice) => given.notice?.({ ...notice }),
    findings: (findings) => given.findings?.(findings),
    progress(event: ProgressEvent) {
      if (event.kind === 'started') progress = { ...progress, total: event.total };
      if (event.kind !== 'answered') return;
      const { kind } = event.result;
      if (kind === 'deferred' || kind === 'refused') return;
      progress = { ...progress, [kind]: progress[kind] + 1 };
      given.progress?.(progress);
    },
  };
}

function planOf(
  { action, message: _, retry: __, limits: ___, ...facts }: DeliveryPlan,
  warnings: readonly Finding[],
  refusal: ObnError | undefined,
): SendPlan {
  const audience = action.kind === 'start' ? action.survey.counts : action.progress.send.audience;
  return { ...facts, action: action.kind, audience, warnings, refusal };
}

/** @throws Error for a plan that was not executed, which has no result */
function resultOf(outcome: SendOutcome): SendResult {
  if (outcome.kind === 'planned') throw new Error('a plan that was not executed has no result');
  const { send, state, counts, rejectedInDoubt } = outcome.progress;
  const end = outcome.kind === 'sent' ? outcome.end : { kind: outcome.kind };
  return {
    issue: send.issue,
    state,
    end: end.kind,
    pausedBy: end.kind === 'paused' ? end.reason : undefined,
    audience: send.audience,
    deliveries: counts,
    rejectedInDoubt,
  };
}

function dueResultOf(result: DueOutcome): DueResult {
  return result.kind === 'outcome' ? { kind: 'sent', result: resultOf(result.outcome) } : result;
}
