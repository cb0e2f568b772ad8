import { EXIT, type ExitCode, ObnError } from '../../findings/error.js';
import type { Issue } from '../../issue/issue.js';
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
    if ('findings' in parsed) {
      output.talk(findingsText(parsed.findings, output.talkStyle));
      worst = EXIT.findings;
    } else if (await isDue(session, parsed.issue)) {
      const { document, exitCode, interrupted } = await attempt(session, file);
      if (document) documents.push(document);
      if (exitCode !== EXIT.done) worst = exitCode;
      if (interrupted) break;
    }
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

async function isDue(session: SendSession, issue: Issue): Promise<boolean> {
  const { context, newsletter, ledger, options } = session;
  if (issue.draft || issue.send_at === undefined) return false;
  const { timezone } = newsletter.config.newsletter;
  const late = context.clock.now() - instantOf(issue.send_at, timezone);
  if (late < 0) return false;
  const send = await ledger.find(issue.number, transportOf(session).live ? 'live' : 'rehearsal');
  const counts = send && (await ledger.counts(send.id));
  if (counts && counts.queued + counts.claimed === 0) return false;
  if (late <= options.grace) return true;
  const since = durationText(late / 1000);
  context.output.talk(
    `Issue #${issue.number} was due ${since} ago, which is more than --grace allows; send it by hand.`,
  );
  return false;
}
