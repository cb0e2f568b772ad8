import { ObnError } from '../findings/error.js';
import type { IssueFile } from '../issue/store.js';
import type { Transport } from '../transport/transport.js';
import { type EarlierSend, findEarlierSend } from './earlier-send.js';
import { execute } from './execute.js';
import { keepReport } from './failure-report.js';
import { requireMayBegin } from './may-begin.js';
import type { NothingLeftOutcome, PlannedOutcome, SendOutcome } from './outcome.js';
import { type IssuePlan, planIssue } from './plan-issue.js';
import { refuseNobody, refuseOtherCount } from './preconditions.js';
import type { SendControl, SendJob } from './send-request.js';
import { transportKind } from './transport-kind.js';

/** A planned send that can be executed. */
export interface PreparedSend extends PlannedOutcome {
  /**
   * Executes the plan. May be called once.
   * @throws ObnError with the refusal, if there are no recipients or not the expected number, or if `consent`
   * refuses
   */
  execute(this: void, control?: SendControl): Promise<SendOutcome>;
  /** Closes the transport. Call it also if the plan is not executed. */
  close(this: void): Promise<void>;
}

/**
 * Plans the send of an issue and reports the plan: reads the ledger, compiles the issue, reads the list, and checks
 * whether the send may begin. Records the results of earlier runs, unless this is a dry run.
 * @throws ObnError if no plan can be made
 */
export async function prepareSend(job: SendJob, file: IssueFile): Promise<PreparedSend> {
  const { campaign, request } = job;
  const kind = transportKind(campaign.newsletter, request.transport);
  const before = await findEarlierSend(job, file.number, kind.live ? 'live' : 'rehearsal', false);
  const transport = await kind.open(campaign.newsletter, campaign.host.env);
  const close = once(() => transport.close());
  try {
    const found = await planIssue(job, file, before, transport);
    const { plan, compiled } = found;
    job.reporter.plan?.(plan, compiled?.warnings ?? []);
    const refusal = plan.action.kind === 'done' ? undefined : await refusalOf(job, found);
    const carryOut = once(async (control: SendControl) => {
      try {
        return await carry(job, { ...found, before, refusal, transport }, control);
      } finally {
        await close();
      }
    });
    return { kind: 'planned', plan, refusal, close, execute: (control = {}) => carryOut(control) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Plans the send of an issue, and executes the plan unless this is a dry run. */
export async function sendIssue(job: SendJob, file: IssueFile, control: SendControl): Promise<SendOutcome> {
  const prepared = await prepareSend(job, file);
  if (!job.request.dryRun) return prepared.execute(control);
  await prepared.close();
  const { kind, plan, refusal } = prepared;
  job.reporter.outcome?.({ kind, plan, refusal });
  return { kind, plan, refusal };
}

interface Prepared extends IssuePlan {
  readonly before: EarlierSend | undefined;
  readonly refusal: ObnError | undefined;
  readonly transport: Transport;
}

async function carry(
  job: SendJob,
  { plan, before, refusal, transport }: Prepared,
  control: SendControl,
): Promise<SendOutcome> {
  if (plan.action.kind === 'done' && before) return nothingLeft(job, before);
  if (refusal) throw refusal;
  if (plan.action.kind === 'start') refuseNobody(plan.action.survey);
  refuseOtherCount(plan, job.request.expect);
  if (plan.live) await control.consent?.(plan);
  return execute(job, plan, transport, control);
}

async function refusalOf(job: SendJob, found: IssuePlan): Promise<ObnError | undefined> {
  try {
    await requireMayBegin(job, found);
    return undefined;
  } catch (error) {
    if (error instanceof ObnError) return error;
    throw error;
  }
}

/** Nothing is left to send. The run that finds deliveries of a dead process reports them. */
async function nothingLeft(
  { campaign, reporter }: SendJob,
  { lost, ...progress }: EarlierSend,
): Promise<NothingLeftOutcome> {
  const outcome = { kind: 'nothingLeft', progress, lost } as const;
  reporter.outcome?.(outcome);
  if (lost > 0 && progress.send.channel === 'live') await keepReport(campaign, progress, reporter);
  return outcome;
}

/** Runs a function at its first call. Later calls return the same result. */
function once<Args extends readonly unknown[], T>(work: (...args: Args) => Promise<T>) {
  let done: Promise<T> | undefined;
  return (...args: Args): Promise<T> => {
    done ??= work(...args);
    return done;
  };
}
