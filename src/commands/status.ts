import { resolve } from 'node:path';
import { approvedParts, verdictOn, verdictText } from '../campaign/approval.js';
import { goesAt } from '../campaign/goes-at.js';
import { chooseIssue, openLedger, openNewsletter } from '../campaign/open.js';
import { ownerOf, requireOutputFile } from '../campaign/output-path.js';
import { audienceOf } from '../campaign/session.js';
import type { Newsletter } from '../config/load.js';
import { isReadable, surveyAudience } from '../delivery/audience.js';
import { failuresCsv } from '../delivery/failures.js';
import { type Progress, progressOf, stateOfFile } from '../delivery/state.js';
import { EXIT, type ExitCode, ObnError, usageError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import { readIssue } from '../issue/issue.js';
import { readSchedule } from '../issue/schedule.js';
import type { IssueFile } from '../issue/store.js';
import type { AudienceCounts, Ledger } from '../ledger/ledger.js';
import { OWNER_ONLY, writeFile } from '../platform/files.js';
import { type CommandContext, defineCommand } from './command.js';
import {
  audienceText,
  countsText,
  durationText,
  failuresText,
  headline,
  statusJson,
} from './print/status.js';
import { goesText, timeIso } from './print/times.js';

interface Options {
  readonly ledger?: string;
  readonly watch?: boolean;
  readonly report?: string;
}

/** The rate is taken over so long. */
const RATE_WINDOW_MS = 30_000;
const WATCH_MS = 1_000;

export const status = defineCommand<[string | undefined], Options>({
  arguments: [{ name: '[issue]', description: 'number or file; default: the newest that is not sent' }],
  options: [
    { flags: '--ledger <url>', description: 'instead of the ledger of obn.yaml' },
    { flags: '--watch', description: 'until the send has ended' },
    { flags: '--report <file>', description: 'write those who were not accepted, and why, as CSV' },
  ],
  examples: [
    ['obn status 3', 'every delivery of issue 3, by state'],
    ['obn status 3 --watch', 'the same, again and again, while it is being sent'],
    ['obn status 3 --report missing.csv', 'a list of those who were not accepted'],
  ],
  async run(context, [wanted], options) {
    const newsletter = await openNewsletter(context);
    const report = options.report === undefined ? undefined : resolve(context.cwd, options.report);
    if (report !== undefined)
      requireOutputFile(ownerOf(newsletter, context.env, options.ledger), '--report', report);
    const ledger = await openLedger(newsletter, context, { ...options, create: false });
    try {
      const file = await chooseIssue(newsletter, ledger, wanted, context.clock.now());
      if (options.watch) await watch(context, ledger, file);
      const progress = await progressOf(ledger, file.number, context.clock.now());
      if (report !== undefined) {
        if (!progress)
          throw usageError(`issue #${file.number} was never sent, so there is nothing to report`);
        await writeFile(report, failuresCsv(ledger.failures(progress.send.id)), OWNER_ONLY);
        context.output.talk(`Who was not accepted, and why: ${options.report}`);
      }
      const when = progress?.send.channel === 'live' ? '' : await whenText(context, newsletter, file);
      if (progress) return await show(context, ledger, progress, when);
      return await showUnsent(context, newsletter, ledger, file);
    } finally {
      await ledger.close();
    }
  },
});

const NOBODY: AudienceCounts = { listed: 0, eligible: 0, excluded: {} };

async function show(
  context: CommandContext,
  ledger: Ledger,
  progress: Progress,
  when: string,
): Promise<ExitCode> {
  const { send, counts, state } = progress;
  const { output } = context;
  if (context.json) output.json(statusJson(send.issue, state, send.audience, progress));
  else {
    const { style } = output;
    const parts = [
      headline(progress, style),
      when,
      countsText(progress, style),
      await paceText(context, ledger, progress),
    ];
    parts.push(audienceText(send.audience, style), await failuresText(ledger.failures(send.id), style));
    if (send.pausedBy && state === 'paused') parts.push(`Paused: ${visible(send.pausedBy)}`);
    const deferral = counts.queued > 0 ? await ledger.lastDeferral(send.id) : undefined;
    if (deferral) {
      parts.push(`The last that was put off: ${visible(deferral.code)}: ${visible(deferral.reason)}`);
    }
    output.result(parts.filter((part) => part !== '').join('\n'));
    const { rejected, unknown } = counts;
    if (rejected > 0) output.talk(`To try the rejected again: obn send ${send.issue} --retry-rejected`);
    if (unknown > 0)
      output.talk(`The unknown may have got it. To send to them all the same: --retry-unknown`);
  }
  return counts.rejected + counts.unknown > 0 ? EXIT.findings : EXIT.done;
}

/** When an issue goes out to readers, where that is still to come. */
async function whenText({ clock }: CommandContext, { config }: Newsletter, file: IssueFile): Promise<string> {
  const schedule = await readSchedule(file);
  const { timezone } = config.newsletter;
  const at = schedule && goesAt(schedule, undefined, timezone);
  return at === undefined || Number.isNaN(at) ? '' : `    ${goesText(at, timezone, clock.now())}`;
}

async function paceText(
  { clock }: CommandContext,
  ledger: Ledger,
  { send, counts, state }: Progress,
): Promise<string> {
  if (state !== 'sending') return '';
  const rate = (await ledger.acceptedSince(send.id, clock.now() - RATE_WINDOW_MS)) / (RATE_WINDOW_MS / 1000);
  const left = counts.queued + counts.claimed;
  return rate > 0 ? `    ${rate.toFixed(1)} a second, ${durationText(left / rate)} left` : '';
}

async function showUnsent(context: CommandContext, newsletter: Newsletter, ledger: Ledger, file: IssueFile) {
  const { clock, json, output } = context;
  const parsed = await readIssue(file.path, file.name);
  const issue = 'issue' in parsed ? parsed.issue : undefined;
  const state = issue ? stateOfFile(issue) : 'unsent';
  const source = audienceOf({ newsletter, options: {} }, issue?.segment, clock.now());
  const audience = isReadable(source) ? (await surveyAudience(source, ledger, [])).counts : NOBODY;
  const { timezone } = newsletter.config.newsletter;
  const at = issue && goesAt(issue, undefined, timezone);
  if (json) {
    const document = statusJson(file.number, state, audience);
    output.json(at === undefined ? document : { ...document, send_at: timeIso(at, timezone) });
  } else {
    output.result(`${output.style.bold(`Issue #${file.number}`)}: ${state}`);
    if (at !== undefined) output.result(`    ${goesText(at, timezone, clock.now())}`);
    if (issue && newsletter.config.send.require_approval)
      output.result(`    ${await approvalText(context, newsletter, ledger, file)}`);
    if (audience.listed > 0) output.result(audienceText(audience, output.style));
  }
  return EXIT.done;
}

/** Whether it may go as it is; where it cannot be compiled, nobody can tell. */
async function approvalText(
  { clock }: CommandContext,
  newsletter: Newsletter,
  ledger: Ledger,
  file: IssueFile,
): Promise<string> {
  const { compileIssue } = await import('../campaign/compile.js');
  try {
    const compiled = await compileIssue(newsletter, file, clock.now());
    const parts = await approvedParts(newsletter, compiled);
    return verdictText(file.number, await verdictOn(newsletter, ledger, file.number, parts));
  } catch (error) {
    if (!(error instanceof ObnError)) throw error;
    return `nobody can say whether it is approved: ${error.message}`;
  }
}

async function watch(context: CommandContext, ledger: Ledger, file: IssueFile): Promise<void> {
  const { clock, output } = context;
  const { signal, dispose } = context.interruptible();
  try {
    for (;;) {
      const progress = await progressOf(ledger, file.number, clock.now());
      if (progress?.state !== 'sending' || signal.aborted) return;
      const { accepted, queued, claimed, rejected, unknown } = progress.counts;
      const pace = (await paceText(context, ledger, progress)).trim();
      output.progress(
        `${accepted} accepted, ${queued + claimed} left, ${rejected} rejected, ${unknown} unknown  ${pace}`,
        1 - (queued + claimed) / (accepted + queued + claimed + rejected + unknown),
      );
      await clock.sleep(WATCH_MS, signal);
    }
  } finally {
    dispose();
  }
}
