import { type Survey, surveyAudience } from '../delivery/audience.js';
import { planSend, remainderOf, type SendPlan } from '../delivery/plan.js';
import type { Progress } from '../delivery/state.js';
import { unrecognised } from '../delivery/suppressed.js';
import { ObnError, usageError } from '../findings/error.js';
import type { IssueFile } from '../issue/store.js';
import type { Retry } from '../ledger/delivery.js';
import { messageFields } from '../message/compiled.js';
import type { Limits, Transport } from '../transport/transport.js';
import { audienceSource } from './audience-source.js';
import { type Compiled, compileIssue } from './compile.js';
import { refuseDraft, refuseLacking } from './preconditions.js';
import { providerSuppressions } from './provider-suppressions.js';
import type { SendJob } from './send-request.js';
import { transportKind } from './transport-kind.js';

/** A plan, and the compiled issue; undefined if it cannot be compiled and a frozen send resumes. */
export interface IssuePlan {
  readonly plan: SendPlan;
  readonly compiled: Compiled | undefined;
}

/**
 * Compiles an issue, reads its audience and decides what a send would do. Writes and sends nothing.
 * @throws ObnError if the issue or the list has an error, or there is nothing to send
 */
export async function planIssue(
  job: SendJob,
  file: IssueFile,
  before: Progress | undefined,
  transport: Transport,
): Promise<IssuePlan> {
  const { request } = job;
  const { newsletter, ledger, host } = job.campaign;
  const { live, name } = transportKind(newsletter, request.transport);
  const retry = await retryOf(job, before);
  const { left, goesOn } = remainderOf(before, live, retry);
  const compiling = compileIssue(newsletter, file, host.clock.now(), request.list);
  const compiled = await (goesOn ? compiling.catch(() => undefined) : compiling);
  if (compiled && !goesOn) refuseDraft(compiled.issue);
  const limits = left === 0 && goesOn ? {} : await limitsOf(job, transport);
  const survey = compiled && !goesOn ? await surveyIssue(job, compiled, transport) : undefined;
  const issue = before?.send.issue ?? file.number;
  const plan = planSend({
    issue,
    transport: name,
    live,
    message: compiled && { compiled: compiled.message, digest: compiled.digest },
    before,
    frozen: before && goesOn ? await ledger.deliveries.message(before.send.id) : undefined,
    survey,
    limits,
    rate: rateOf(job, limits),
    limit: request.limit,
    retry,
    segment: request.segment ?? compiled?.issue.segment,
  });
  if (!plan) throw usageError(`issue #${issue} has nothing to send`);
  return { plan, compiled };
}

/** Who would get it. Reports forgotten readers whose secret is no longer configured. */
async function surveyIssue(
  { campaign, request, reporter }: SendJob,
  { issue, message }: Compiled,
  transport: Transport,
): Promise<Survey> {
  const { newsletter, ledger, host } = campaign;
  const provider = await providerSuppressions(transport, reporter);
  const source = audienceSource(newsletter, request, issue.segment, host.clock.now(), provider);
  const survey = await surveyAudience(source, ledger.readers, messageFields(message).required);
  refuseLacking(survey);
  const count = await unrecognised(ledger.readers, source.secrets);
  if (count > 0) reporter.notice?.({ kind: 'forgottenUnrecognized', count });
  return survey;
}

/** How many deliveries will be retried on request. */
async function retryOf({ campaign, request }: SendJob, before: Progress | undefined): Promise<Retry> {
  const { retryRejected, retryUnknown } = request;
  if (!before || !(retryRejected || retryUnknown)) return { rejected: 0, unknown: 0 };
  const { rejected, unknown } = await campaign.ledger.deliveries.retriable(before.send.id);
  return { rejected: retryRejected ? rejected : 0, unknown: retryUnknown ? unknown : 0 };
}

/** The provider's limits. A dry run continues without them. */
async function limitsOf({ request, reporter }: SendJob, transport: Transport): Promise<Limits> {
  return transport.limits().catch((error: unknown) => {
    if (!request.dryRun || !(error instanceof ObnError)) throw error;
    reporter.notice?.({ kind: 'limitsUnknown', reason: error.message });
    return {};
  });
}

/** The lowest rate of the provider, the configuration and the request. */
function rateOf({ campaign, request }: SendJob, { rate }: Limits): number | undefined {
  const configured = campaign.newsletter.config.send.rate;
  const rates = [rate, configured === 'auto' ? undefined : configured, request.rate];
  const known = rates.filter((one) => one !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
