import type { ProgressEvent, SendReporter } from '../../campaign/reporter.js';
import type { CommandContext } from '../command.js';
import { findingsText } from './findings.js';
import { noticeText } from './notices.js';
import { outcomeText } from './outcome.js';
import { planText } from './plan.js';
import { ProgressLine } from './progress.js';

/** Prints what a send reports. */
export function sendReporter({ output, clock }: Pick<CommandContext, 'output' | 'clock'>): SendReporter {
  const { talkStyle: style } = output;
  return {
    plan: (plan, warnings) => output.talk(planText(plan, warnings, style)),
    progress: progressPrinter({ output, clock }),
    notice: (notice) => output.talk(noticeText(notice, { style, now: clock.now() })),
    findings: (findings) => output.talk(findingsText(findings, style)),
    outcome: (outcome) => {
      const text = outcomeText(outcome, style);
      if (text !== undefined) output.talk(text);
    },
  };
}

function progressPrinter({ output, clock }: Pick<CommandContext, 'output' | 'clock'>) {
  let line: ProgressLine | undefined;
  return (event: ProgressEvent): void => {
    if (event.kind === 'suppressionsRead')
      output.progress(`${event.count.toLocaleString('en')} suppressed addresses read`);
    else if (event.kind === 'started') line = new ProgressLine(output, clock, event.total);
    else if (event.kind === 'answered') line?.count(event.result);
    else line?.tick(event.waitingFor);
  };
}
