import { NO_LINE } from '../../audience/subscriber.js';
import type { SendPlan } from '../../delivery/plan.js';
import type { Finding } from '../../findings/finding.js';
import { visible } from '../../findings/visible.js';
import { anybody } from '../../message/anybody.js';
import { fillText } from '../../render/fill.js';
import { columns } from '../../text/columns.js';
import { durationText } from '../../text/duration.js';
import { plural } from '../../text/plural.js';
import { findingsText } from './findings.js';
import { audienceText, countsText } from './status.js';
import type { Style } from './style.js';

const SHOWN = 5;

/** The plan that a person confirms. */
export function planText(plan: SendPlan, warnings: readonly Finding[], style: Style): string {
  const { issue, message, transport, live, action } = plan;
  const subject = fillText(message.subject, anybody(message).values);
  const how = live ? transport : `${transport} ${style.dim('(rehearsal: writes files, sends no email)')}`;
  const facts = columns([
    ['  Subject', visible(subject)],
    ['  From', `${message.from.name} <${message.from.email}>`],
    ['  Through', how],
  ]);
  const lines = [style.bold(`Issue #${issue}`), facts];
  if (action.kind === 'start') {
    lines.push(audienceText(action.survey.counts, style));
    for (const { line, detail } of action.survey.exclusions.slice(0, SHOWN)) {
      lines.push(style.dim(`        ${line === NO_LINE ? 'ledger' : `line ${line}`}: ${visible(detail)}`));
    }
    const more = action.survey.exclusions.length - SHOWN;
    if (more > 0) lines.push(style.dim(`        … and ${more} more (obn subscribers list --left-out)`));
    const examples = action.survey.sample.map((one) => visible(one.address)).join(', ');
    if (examples) lines.push(style.dim(`    first: ${examples}`));
  } else lines.push(countsText(action.progress, style));
  if (action.kind === 'resume') lines.push(resumeText(plan, style));
  const { rejected, unknown } = plan.retry;
  if (rejected > 0) lines.push(`  Retrying ${plural(rejected, 'rejected message')} (--retry-rejected)`);
  if (unknown > 0)
    lines.push(
      style.yellow(
        `  Resending ${plural(unknown, 'unknown message')} (--retry-unknown). Some readers may get it twice.`,
      ),
    );
  if (plan.count > 0) lines.push(paceText(plan));
  if (plan.limits.notice) lines.push(style.yellow(`  ${plan.limits.notice}`));
  if (warnings.length > 0)
    lines.push(
      style.yellow(`  ${plural(warnings.length, 'warning')}:`),
      findingsText(warnings.slice(0, SHOWN), style),
    );
  return lines.filter((line) => line !== '').join('\n');
}

function resumeText({ action }: SendPlan, style: Style): string {
  if (action.kind !== 'resume') return '';
  const { send } = action.progress;
  const started = new Date(send.createdAt).toISOString().slice(0, 16).replace('T', ' ');
  const lines = [`  Resuming the send started ${started} UTC (same content, same recipients).`];
  if (action.contentChanged) {
    lines.push(
      style.yellow(
        '  The issue has changed since the send began; the original version is still the one being sent.',
      ),
    );
  }
  if (send.pausedBy) lines.push(style.yellow(`  Paused because: ${visible(send.pausedBy)}`));
  return lines.join('\n');
}

function paceText({ count, rate, seconds }: SendPlan): string {
  const messages = `  ${plural(count, 'message')}`;
  if (rate === undefined || seconds === undefined) return `${messages}, no rate limit`;
  return `${messages} at ${rate} per second: about ${durationText(seconds)}`;
}
