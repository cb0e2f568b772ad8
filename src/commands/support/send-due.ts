import { EXIT, type ExitCode, ObnError } from '../../findings/error.js';
import { readSchedule, type Schedule } from '../../issue/schedule.js';
import { type IssueFile, readAllIssues } from '../../issue/store.js';
import { instantOf } from '../../render/moment.js';
import { findingsText } from '../print/findings.js';
import { durationText } from '../print/status.js';
import { sendIssue } from './send-issue.js';
import { type SendSession, transportOf } from './session.js';

/** Sends every issue whose time has come, one after the other; made to be called again and again. */
export async function sendDue(session: SendSession): Promise<ExitCode> {
  const { context, newsletter } = session;
  const { output } = context;
  const documents: unknown[] = [];
  let worst: ExitCode = EXIT.done;
  for (const { file, parsed } of await readAllIssues(newsletter)) {
    const schedule = 'issue' in parsed ? parsed.issue : await readSchedule(file);
    if (schedule && !(await isDue(session, file.number, schedule))) continue;
    if ('findings' in parsed) {
      output.talk(findingsText(parsed.findings, output.talkStyle));
      worst = EXIT.findings;
      continue;
    }
    const { document, exitCode, interrupted } = await attempt(session, file);
    if (document) documents.push(document);
    if (exitCode !== EXIT.done) worst = exitCode;
    if (interrupted) break;
  }
  if (documents.length === 0) output.talk('Nothing is due.');
  if (context.json) output.json(documents);
  return worst;
}

/** An issue that cannot be sent does not keep the next one from going out. */
async function attempt(session: SendSession, file: IssueFile) {
  try {
    return await sendIssue(session, file);
  } catch (error) {
    if (!(error instanceof ObnError)) throw error;
    const { output } = session.context;
    output.talk(`${file.name}: ${error.message}${error.hint ? `; ${error.hint}` : ''}`);
    if (error.findings.length > 0) output.talk(findingsText(error.findings, output.talkStyle));
    return { document: undefined, exitCode: error.exitCode, interrupted: false };
  }
}

/** Whether the time of an issue has come. What has begun is brought to its end, however late it is. */
async function isDue(session: SendSession, number: number, { draft, send_at }: Schedule): Promise<boolean> {
  const { context, newsletter, ledger, options } = session;
  if (draft || send_at === undefined) return false;
  const late = context.clock.now() - instantOf(send_at, newsletter.config.newsletter.timezone);
  // Nobody can say when that is, and the findings tell why.
  if (Number.isNaN(late)) return true;
  if (late < 0) return false;
  const send = await ledger.find(number, transportOf(session).live ? 'live' : 'rehearsal');
  if (send) {
    const { queued, claimed } = await ledger.counts(send.id);
    return queued + claimed > 0;
  }
  if (late <= options.grace) return true;
  const since = durationText(late / 1000);
  context.output.talk(
    `Issue #${number} was due ${since} ago, which is more than --grace allows; send it by hand.`,
  );
  return false;
}
