import { planText } from '../commands/print/plan.js';
import { statusJson } from '../commands/print/status.js';
import { surveyAudience } from '../delivery/audience.js';
import { requireLive } from '../delivery/live.js';
import { planSend, remainderOf, type SendPlan } from '../delivery/plan.js';
import { abandonDead } from '../delivery/resume.js';
import { type Progress, progressOfSend } from '../delivery/state.js';
import { unrecognised } from '../delivery/suppressed.js';
import { EXIT, type ExitCode, ObnError, usageError } from '../findings/error.js';
import type { IssueFile } from '../issue/store.js';
import type { Channel, Retry } from '../ledger/ledger.js';
import { messageFields } from '../message/compiled.js';
import type { Limits, Transport } from '../transport/transport.js';
import { acceptLedger } from './accept-ledger.js';
import { approvedParts, refuseUnapproved, verdictOn, verdictText } from './approval.js';
import { type Compiled, compileIssue } from './compile.js';
import { execute } from './execute.js';
import { keepReport } from './failure-report.js';
import { ledgerUrl } from './open.js';
import {
  refuseDraft,
  refuseForeign,
  refuseForgetful,
  refuseLacking,
  refuseNobody,
  refuseWithoutHistory,
  refuseWithoutQuota,
  requireConfirmation,
} from './preconditions.js';
import { providerSuppressions } from './provider-suppressions.js';
import { requireImages } from './require-images.js';
import { audienceOf, type SendSession, transportOf } from './session.js';
import { contradictionsOf, readRescue, refusal, requireFullLedger } from './witness.js';

export interface SendOutcome {
  readonly document: ReturnType<typeof statusJson>;
  readonly exitCode: ExitCode;
  /** Whether a person has stopped it. */
  readonly interrupted: boolean;
}

/** Plans the send of an issue, shows the plan, asks, and carries it out. */
export async function sendIssue(session: SendSession, file: IssueFile): Promise<SendOutcome> {
  const { context, newsletter, options } = session;
  const kind = transportOf(session);
  const before = await recordOf(session, file.number, kind.live ? 'live' : 'rehearsal');
  const transport = await kind.open(newsletter, context.env);
  try {
    const { plan, compiled } = await makePlan(session, file, before, transport);
    if (options.acceptLedger) return await accept(session, plan, compiled);
    context.output.talk(planText(plan, compiled?.warnings ?? [], context.output.talkStyle));
    if (options.dryRun) return await planned(session, plan, compiled);
    if (plan.action.kind === 'done')
      return await nothingLeft(session, plan.action.progress, before?.lost ?? 0);
    await mayBegin(session, plan, compiled);
    if (plan.action.kind === 'start') refuseNobody(plan.action.survey);
    await requireConfirmation(context, plan, options);
    const { progress, exitCode, interrupted } = await execute(session, plan, transport);
    return { document: recordJson(progress), exitCode, interrupted };
  } finally {
    await transport.close();
  }
}

/** Takes a ledger that was lost as it is, where a person says so; it has to be allowed to go out as any other. */
async function accept(
  session: SendSession,
  plan: SendPlan,
  compiled: Compiled | undefined,
): Promise<SendOutcome> {
  const { context, options } = session;
  const { own } = await contradictionsOf(session, session.ledger, plan.issue);
  if (!plan.live || own.length === 0) {
    throw usageError(
      `there is nothing to accept: the ledger knows all that was handed over of issue #${plan.issue}`,
    );
  }
  if (plan.action.kind === 'start') {
    refuseNobody(plan.action.survey);
    await mayBegin({ ...session, options: { ...options, newLedger: true } }, plan, compiled);
  }
  context.output.talk(`${own.map((one) => refusal(session, one).message).join('\n')}.`);
  const progress = await acceptLedger(session, plan);
  return { document: recordJson(progress), exitCode: EXIT.done, interrupted: false };
}

/**
 * What the ledger has of the issue, after what earlier runs could not record is read, and the claims of dead processes
 * are given up. @throws ObnError when the ledger knows less than was handed over to readers
 */
async function recordOf(
  session: SendSession,
  issue: number,
  channel: Channel,
): Promise<(Progress & { readonly lost: number }) | undefined> {
  const { context, newsletter, ledger, options } = session;
  const isSending = !options.dryRun && !options.acceptLedger;
  if (channel === 'live' && isSending) await requireFullLedger(session, ledger, issue);
  const send = await ledger.find(issue, channel);
  if (!send) return undefined;
  refuseForeign(send, newsletter);
  if (isSending) await readRescue(session, send);
  const now = context.clock.now();
  const lost = options.dryRun ? 0 : await abandonDead(ledger, send.id, now);
  if (lost > 0)
    context.output.talk(`${lost} were in flight when an earlier run ended; they are unknown now.`);
  return { ...(await progressOfSend(ledger, send, now)), lost };
}

/** All has been sent. Whoever finds those that a dead process has left in doubt is the one who says so. */
async function nothingLeft(session: SendSession, progress: Progress, lost: number): Promise<SendOutcome> {
  const { send, state } = progress;
  session.context.output.talk(`Issue #${send.issue} is ${state}; nothing is left to do.`);
  if (lost > 0 && send.channel === 'live') await keepReport(session, progress, session.ledger);
  const exitCode = lost > 0 ? EXIT.findings : EXIT.done;
  return { document: recordJson(progress), exitCode, interrupted: false };
}

async function makePlan(
  session: SendSession,
  file: IssueFile,
  before: Progress | undefined,
  transport: Transport,
): Promise<{ plan: SendPlan; compiled: Compiled | undefined }> {
  const { newsletter, ledger, options } = session;
  const { live, name } = transportOf(session);
  const retry = await retryOf(session, before);
  const { left, goesOn } = remainderOf(before, live, retry);
  const compiling = compileIssue(newsletter, file, session.context.clock.now(), options.list);
  const compiled = await (goesOn ? compiling.catch(() => undefined) : compiling);
  if (compiled && !goesOn) refuseDraft(compiled.issue);
  const limits = left === 0 && goesOn ? {} : await limitsOf(session, transport);
  let survey: Awaited<ReturnType<typeof surveyAudience>> | undefined;
  if (compiled && !goesOn) {
    const { required } = messageFields(compiled.message);
    const provider = await providerSuppressions(session, transport);
    const source = audienceOf(session, compiled.issue.segment, session.context.clock.now(), provider);
    survey = await surveyAudience(source, ledger, required);
    refuseLacking(survey);
    await warnOfUnrecognised(session, source.secrets);
  }
  const issue = before?.send.issue ?? file.number;
  const plan = planSend({
    issue,
    transport: name,
    live,
    message: compiled && { compiled: compiled.message, digest: compiled.digest },
    before,
    survey,
    limits,
    rate: rateOf(session, limits),
    limit: options.limit,
    retry,
    segment: options.segment ?? compiled?.issue.segment,
  });
  if (!plan) throw usageError(`there is nothing to send of issue ${issue}`);
  return { plan, compiled };
}

/** What a person wants to be tried again, and can be. */
async function retryOf({ ledger, options }: SendSession, before: Progress | undefined): Promise<Retry> {
  const { retryRejected, retryUnknown } = options;
  if (!before || !(retryRejected || retryUnknown)) return { rejected: 0, unknown: 0 };
  const { rejected, unknown } = await ledger.retriable(before.send.id);
  return { rejected: retryRejected ? rejected : 0, unknown: retryUnknown ? unknown : 0 };
}

/** What the provider allows; a dry run goes on without knowing. */
async function limitsOf({ context, options }: SendSession, transport: Transport): Promise<Limits> {
  return transport.limits().catch((error: unknown) => {
    if (!options.dryRun || !(error instanceof ObnError)) throw error;
    context.output.talk(error.message);
    return {};
  });
}

/** Says when people who were forgotten would not be known again, because the secret has changed. */
async function warnOfUnrecognised(
  { context, ledger }: SendSession,
  secrets: readonly string[],
): Promise<void> {
  const count = await unrecognised(ledger, secrets);
  if (count === 0) return;
  const { yellow } = context.output.talkStyle;
  const who = count === 1 ? 'One who was' : `${count} who were`;
  context.output.talk(
    yellow(`${who} forgotten cannot be recognised without the unsubscribe secret of that time.`),
  );
}

/** The lowest of what the provider allows, the configuration says and the flag says. */
function rateOf({ newsletter, options }: SendSession, { rate }: Limits): number | undefined {
  const configured = newsletter.config.send.rate;
  const rates = [rate, configured === 'auto' ? undefined : configured, options.rate];
  const known = rates.filter((one) => one !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

async function planned(
  session: SendSession,
  plan: SendPlan,
  compiled: Compiled | undefined,
): Promise<SendOutcome> {
  const { action, issue } = plan;
  if (action.kind !== 'done') {
    await mayBegin(session, plan, compiled).catch((error: unknown) => {
      if (!(error instanceof ObnError)) throw error;
      const why = error.findings.map((finding) => finding.message);
      session.context.output.talk(`It would be refused: ${[error.message, ...why].join('; ')}`);
    });
  }
  const audience = action.kind === 'start' ? action.survey.counts : action.progress.send.audience;
  const progress = action.kind === 'start' ? undefined : action.progress;
  return {
    document: statusJson(issue, 'planned', audience, progress),
    exitCode: EXIT.done,
    interrupted: false,
  };
}

/** @throws ObnError when the newsletter, the account, the ledger or its owner does not allow it. */
async function mayBegin(session: SendSession, plan: SendPlan, compiled: Compiled | undefined): Promise<void> {
  const { context, newsletter, ledger, options } = session;
  const { newLedger, due = false } = options;
  if (plan.live) {
    requireLive(newsletter);
    refuseWithoutQuota(plan);
    if (options.dryRun) await requireFullLedger(session, ledger, plan.issue);
    if (!newLedger) await refuseWithoutHistory(ledger, plan.issue, due);
    else if (due) await refuseForgetful(ledger, ledgerUrl(newsletter, context, options.ledger), context.env);
  }
  // What has begun was looked at when it was frozen.
  if (plan.action.kind !== 'start' || !compiled || !(plan.live || due)) return;
  if (newsletter.config.send.require_approval) {
    const parts = await approvedParts(newsletter, compiled, options);
    const verdict = await verdictOn(newsletter, ledger, plan.issue, parts);
    refuseUnapproved(plan.issue, verdict);
    context.output.talk(`It is as it should be: ${verdictText(plan.issue, verdict)}.`);
  }
  if (plan.live) await requireImages(session, compiled.message);
}

function recordJson(progress: Progress) {
  return statusJson(progress.send.issue, progress.state, progress.send.audience, progress);
}
