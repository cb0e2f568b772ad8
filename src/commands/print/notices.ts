import type { Notice, NoticeKind } from '../../campaign/notice.js';
import { visible } from '../../findings/visible.js';
import { plural } from '../../text/plural.js';
import { distanceText, timeText } from '../../text/times.js';
import { verdictText } from './approval.js';
import { findingsText } from './findings.js';
import type { Style } from './style.js';

/** The style and the time that texts depend on. */
export interface NoticeSetting {
  readonly style: Style;
  /** In milliseconds since 1970. */
  readonly now: number;
}

type Texts = {
  readonly [Kind in NoticeKind]: (notice: Extract<Notice, { kind: Kind }>, setting: NoticeSetting) => string;
};

/** The text for each kind of notice. */
const TEXTS: Texts = {
  ledger: ({ text }) => text,
  rescued: ({ count }) => `From a rescue file of an earlier run: ${count.toLocaleString('en')} now unknown.`,
  claimsLost: ({ count }) => `In flight when an earlier run ended: ${plural(count, 'message')}, now unknown.`,
  limitsUnknown: ({ reason }) => reason,
  suppressionsUnknown: ({ reason }, { style }) => style.yellow(reason),
  forgottenUnrecognized: ({ count }, { style }) => {
    return style.yellow(
      `${plural(count, 'forgotten reader')} cannot be recognized: the unsubscribe secret has changed since. Add the old secret back to unsubscribe.secret.`,
    );
  },
  approved: ({ issue, approval }) => `${sentence(verdictText(issue, { kind: 'approved', approval }))}.`,
  imagesUnchecked: ({ count }) => `Images not checked, because no name server answers: ${count}.`,
  ledgerContradicted: ({ reasons }) => `${reasons.join('\n')}.`,
  leftSincePlan: ({ count }) => `${plural(count, 'reader')} unsubscribed since the plan was made.`,
  optedOut: ({ count }) =>
    `Removed from the queue: ${plural(count, 'reader')} who opted out on the list since the send began, or whose row cannot be read now.`,
  unwitnessed: ({ reason }) => `Cannot write the record of this send outside the ledger: ${reason}`,
  unrecorded: ({ count, file }) =>
    `${unrecorded(count)}. They are unknown. The next send reads the results from ${file}`,
  unrescued: ({ count, reason }) =>
    `${unrecorded(count)}, and the rescue file could not be written (${reason}). They are unknown.`,
  reportKept: ({ file }) => `Wrote the undelivered addresses and reasons to ${file}`,
  reportMissing: ({ reason }) => `Could not write the report: ${reason}`,
  late: ({ issue, at }, { now }) =>
    `Issue #${issue} was due ${distanceText(at, now)}: too late for --grace. Send it with: obn send ${issue}`,
  due: ({ issue, at, timezone, begun }, { now }) => {
    const goesOn = begun ? '; resuming' : '';
    return `Issue #${issue} was due ${timeText(at, timezone, now)}${goesOn}.`;
  },
  nothingDue: ({ next }, { now }) => {
    const then = next && ` Next is issue #${next.issue}: ${timeText(next.at, next.timezone, now)}.`;
    return `Nothing is due.${then ?? ''}`;
  },
  dueElsewhere: ({ holder }) =>
    `Another run (${visible(holder)}) is already sending what is due. Nothing to do.`,
  dueFailed: ({ file, error: { message, hint, findings } }, { style }) => {
    const about = file === undefined ? '' : `${file}: `;
    const line = `${about}${message}${hint ? `; ${hint}` : ''}`;
    return findings.length === 0 ? line : `${line}\n${findingsText(findings, style)}`;
  },
};

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function unrecorded(count: number): string {
  return `The ledger could not record the results of ${plural(count, 'message')} in flight`;
}

/** The text of a notice. */
export function noticeText(notice: Notice, setting: NoticeSetting): string {
  const text = TEXTS[notice.kind] as (notice: Notice, setting: NoticeSetting) => string;
  return text(notice, setting);
}
