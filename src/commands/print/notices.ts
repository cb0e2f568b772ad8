import type { Notice, NoticeKind } from '../../campaign/notice.js';
import { visible } from '../../findings/visible.js';
import { plural } from '../../text/plural.js';
import { distanceText, timeText } from '../../text/times.js';
import { verdictText } from './approval.js';
import { findingsText } from './findings.js';
import type { Style } from './style.js';

/** What the texts depend on beside the notice. */
export interface NoticeSetting {
  readonly style: Style;
  /** In milliseconds since 1970. */
  readonly now: number;
}

type Texts = {
  readonly [Kind in NoticeKind]: (notice: Extract<Notice, { kind: Kind }>, setting: NoticeSetting) => string;
};

/** The text of each kind of notice. */
const TEXTS: Texts = {
  ledger: ({ text }) => text,
  rescued: ({ count }) => `${count} from a rescue file are unknown now.`,
  claimsLost: ({ count }) => `${count} were in flight when an earlier run ended; they are unknown now.`,
  limitsUnknown: ({ reason }) => reason,
  suppressionsUnknown: ({ reason }, { style }) => style.yellow(reason),
  forgottenUnrecognized: ({ count }, { style }) => {
    const who = count === 1 ? 'One who was' : `${count} who were`;
    return style.yellow(`${who} forgotten cannot be recognised without the unsubscribe secret of that time.`);
  },
  approved: ({ issue, approval }) =>
    `It is as it should be: ${verdictText(issue, { kind: 'approved', approval })}.`,
  imagesUnchecked: ({ count }) =>
    `Images that could not be checked, because no name server answers: ${count}.`,
  ledgerContradicted: ({ reasons }) => `${reasons.join('\n')}.`,
  leftSincePlan: ({ count }) => `${plural(count, 'reader')} left since this was planned.`,
  optedOut: ({ count }) =>
    `The list says that ${plural(count, 'reader')} opted out since the audience was frozen, or names them on a row that cannot be read; obn does not mail them.`,
  unwitnessed: ({ reason }) => `Nothing outside of the ledger says what is handed over: ${reason}`,
  unrecorded: ({ count, file }) =>
    `${unrecorded(count)}. They are unknown; the next send reads them from ${file}`,
  unrescued: ({ count, reason }) =>
    `${unrecorded(count)}, and there is no rescue file (${reason}). They are unknown.`,
  reportKept: ({ file }) => `Who was not accepted, and why: ${file}`,
  reportMissing: ({ reason }) => `There is no report: ${reason}`,
  late: ({ issue, at }, { now }) =>
    `Issue #${issue} was due ${distanceText(at, now)}, which is more than --grace allows; send it by hand.`,
  due: ({ issue, at, timezone, begun }, { now }) => {
    const goesOn = begun ? '; it has begun, and is brought to its end' : '';
    return `Issue #${issue} was due ${timeText(at, timezone, now)}${goesOn}.`;
  },
  nothingDue: ({ next }, { now }) => {
    const then = next && ` Next is issue #${next.issue}: ${timeText(next.at, next.timezone, now)}.`;
    return `Nothing is due.${then ?? ''}`;
  },
  dueElsewhere: ({ holder }) =>
    `Another run (${visible(holder)}) is sending what is due, and this one leaves it to it.`,
  dueFailed: ({ file, error: { message, hint, findings } }, { style }) => {
    const about = file === undefined ? '' : `${file}: `;
    const line = `${about}${message}${hint ? `; ${hint}` : ''}`;
    return findings.length === 0 ? line : `${line}\n${findingsText(findings, style)}`;
  },
};

function unrecorded(count: number): string {
  return `The ledger could not record what became of ${count} in flight`;
}

/** A notice of a send as a person reads it. */
export function noticeText(notice: Notice, setting: NoticeSetting): string {
  const text = TEXTS[notice.kind] as (notice: Notice, setting: NoticeSetting) => string;
  return text(notice, setting);
}
